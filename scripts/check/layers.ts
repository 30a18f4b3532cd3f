import type { Problem, Rule, SourceFile, SourceTree } from "./tree.ts";

const SHARED = ["shared/base", "shared/model", "shared/contract"];
const PORTS = [...SHARED, "electron/ports"];
const LEAVES = [
  "protocol",
  "transport",
  "vault",
  "crypto",
  "policy",
  "classification",
  "content",
  "diagnostics",
].map((name) => `electron/${name}`);
const REMOTE = [...PORTS, "electron/protocol", "electron/transport"];
const SERVICES = [...PORTS, ...LEAVES, "electron/sync", "electron/store", "electron/remote"];
const IPC = [...SERVICES, "electron/services"];
const WINDOWS = [...IPC, "electron/ipc"];
const TOP = [...WINDOWS, "electron/windows", "electron/update"];

const RENDERER_BASE = [...SHARED, "renderer/ui", "renderer/i18n"];
const STATE = [...RENDERER_BASE, "renderer/bridge"];
const FEATURES = [...STATE, "renderer/state", "renderer/content", "renderer/message-frame"];

/**
 * The import rule: a file of a part may import its own part and the parts named here. A part that is not
 * listed may not exist. Parts on one layer never name each other.
 */
export const LAYERS: Readonly<Record<string, readonly string[]>> = {
  "shared/base": [],
  "shared/model": ["shared/base"],
  "shared/contract": ["shared/base", "shared/model"],
  "electron/ports": SHARED,
  ...Object.fromEntries(LEAVES.map((leaf) => [leaf, PORTS])),
  "electron/sync": PORTS,
  "electron/store": PORTS,
  "electron/remote": REMOTE,
  "electron/services": SERVICES,
  "electron/ipc": IPC,
  "electron/windows": WINDOWS,
  "electron/update": WINDOWS,
  "electron/app": TOP,
  "electron/processes": TOP,
  "electron/main.ts": [...TOP, "electron/app"],
  "electron/preload": SHARED,
  "renderer/ui": SHARED,
  "renderer/i18n": SHARED,
  "renderer/bridge": SHARED,
  "renderer/content": RENDERER_BASE,
  "renderer/message-frame": [...RENDERER_BASE, "renderer/content"],
  "renderer/state": STATE,
  "renderer/features": FEATURES,
  "renderer/app": [...FEATURES, "renderer/features"],
  "renderer/main.tsx": [...FEATURES, "renderer/features", "renderer/app"],
};

/** Each feature is a part of its own: features do not import each other. */
const DIVIDED = new Set(["renderer/features"]);

/** No imports against the layers, none that leads nowhere, and none of tests or scripts from the product. */
export const layers: Rule = (tree) => tree.files.flatMap((file) => checkFile(file, tree));

function checkFile(file: SourceFile, tree: SourceTree): Problem[] {
  const problems: Problem[] = [];
  const report = (line: number, words: string) => problems.push({ file: file.path, line, words });
  const from = partOf(file.path);
  const allowed = from === null ? undefined : LAYERS[from];
  const product = /^(electron|renderer|shared)\//.test(file.path);
  if (product && !file.path.endsWith(".d.ts") && allowed === undefined) {
    report(1, `${from ?? file.path} is no part of the layout: give it a row in scripts/check/layers.ts`);
  }
  for (const { target, line } of file.imports) {
    if (target === null) continue;
    if (!tree.has(target))
      report(line, `imports ${target}, which is not there (imports name the file with its ending)`);
    const to = partOf(target);
    if (!product) {
      if (file.path.startsWith("scripts/") && target.startsWith("tests/"))
        report(line, "scripts do not import tests");
    } else if (to === null) {
      report(line, `imports ${target}: the product imports neither tests nor scripts`);
    } else if (to === from) {
      if (divided(file.path) !== divided(target))
        report(line, `imports ${target}: features do not import each other`);
    } else if (allowed && !allowed.includes(to)) {
      report(line, `${from} may not import ${to} (${target})`);
    }
  }
  return problems;
}

/** "electron/store" for a file below it, "electron/main.ts" for itself, null outside the product. */
export function partOf(path: string): string | null {
  const [top = "", name] = path.split("/");
  return name !== undefined && ["electron", "renderer", "shared"].includes(top) ? `${top}/${name}` : null;
}

/** The sub-folder that stands for itself, in a part that is divided. */
function divided(path: string): string {
  const part = partOf(path);
  if (part === null || !DIVIDED.has(part)) return "";
  return path.split("/")[2] ?? "";
}

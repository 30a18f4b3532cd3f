// Builds the app into out/app: main and engine, the preload, the window. Does nothing when no source changed.
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const SOURCES = [
  "electron",
  "renderer",
  "shared",
  "resources",
  "scripts/config",
  "scripts/build.mjs",
  "package-lock.json",
];

/** @param {string} path @returns {string[]} path, size and time of every file below */
function listing(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return [`${path} ${stat.size} ${stat.mtimeMs}`];
  return readdirSync(path)
    .sort()
    .flatMap((name) => listing(join(path, name)));
}

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** Builds what changed since the last time. Returns true when something was built. */
export async function build() {
  const hash = createHash("sha256");
  for (const source of SOURCES) hash.update(listing(join(root, source)).join("\n"));
  const state = hash.digest("hex");
  const stamp = join(root, "out/app/.built");
  if (read(stamp) === state) return false;
  rmSync(join(root, "out/app"), { recursive: true, force: true });
  mkdirSync(join(root, "out/app"), { recursive: true });
  const [{ build: run }, targets] = await Promise.all([import("vite"), import("./config/vite.mjs")]);
  await Promise.all([targets.processes, targets.preload, targets.renderer].map((target) => run(target)));
  copyFileSync(join(root, "resources/icons/icon-256.png"), join(root, "out/app/icon.png"));
  writeFileSync(stamp, state);
  return true;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await build();

import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import react from "@vitejs/plugin-react";
import { build, type InlineConfig } from "vite";
import { root } from "../../setup.mjs";

const SOURCES = ["electron", "renderer", "shared", "scripts/inspect", "package-lock.json"];

/** Builds the hidden window and its page from the product's own sources, unless that was done; answers where. */
export async function buildWindow(): Promise<string> {
  const state = createHash("sha256").update(SOURCES.flatMap(listing).join("\n")).digest("hex").slice(0, 16);
  const target = join(root, "out/inspect", state);
  const stamp = join(target, "package.json");
  if (statSync(stamp, { throwIfNoEntry: false }) !== undefined) return target;
  rmSync(join(root, "out/inspect"), { recursive: true, force: true });
  const partial = `${target}.${process.pid}`;
  mkdirSync(partial, { recursive: true });
  await Promise.all([build(windowBuild(partial)), build(pageBuild(join(partial, "page")))]);
  writeFileSync(join(partial, "package.json"), JSON.stringify({ type: "module", main: "window.js" }));
  renameSync(partial, target);
  readFileSync(stamp);
  return target;
}

/** Path, size and time of every file below. */
function listing(path: string): string[] {
  const stat = statSync(join(root, path));
  if (!stat.isDirectory()) return [`${path} ${stat.size} ${stat.mtimeMs}`];
  return readdirSync(join(root, path))
    .sort()
    .flatMap((name) => listing(join(path, name)));
}

function windowBuild(outDir: string): InlineConfig {
  return {
    root,
    configFile: false,
    logLevel: "error",
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: "node24",
      outDir,
      emptyOutDir: false,
      rolldownOptions: {
        input: { window: join(root, "scripts/inspect/html/window.ts") },
        external: [/^node:/, "electron"],
        output: { entryFileNames: "[name].js" },
      },
    },
  };
}

function pageBuild(outDir: string): InlineConfig {
  return {
    root: join(root, "scripts/inspect/html/page"),
    configFile: false,
    logLevel: "error",
    base: "./",
    plugins: [react()],
    build: {
      target: "chrome140",
      outDir,
      emptyOutDir: false,
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      reportCompressedSize: false,
    },
  };
}

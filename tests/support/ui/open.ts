import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { _electron, type ElectronApplication, type Page } from "playwright-core";
import { build } from "vite";

export interface Harness {
  readonly page: Page;
  /** Loads the window anew in one of the scenes of `scenes.ts`. */
  show(scene: string): Promise<void>;
  close(): Promise<void>;
}

/** Builds the window with its stand-in engine and opens it in the Electron that runs the tests. */
export async function openHarness(): Promise<Harness> {
  const folder = await mkdtemp(join(tmpdir(), "bulkhead-ui-"));
  await build({
    root: fileURLToPath(new URL(".", import.meta.url)),
    base: "./",
    logLevel: "error",
    configFile: false,
    plugins: [react()],
    build: { outDir: folder, emptyOutDir: true, assetsDir: ".", minify: false, target: "chrome140" },
  });
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  const host = fileURLToPath(new URL("../content/main.mjs", import.meta.url));
  const app: ElectronApplication = await _electron.launch({
    executablePath: process.execPath,
    args: [
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      "--disable-gpu",
      host,
      folder,
      "index.html?scene=normal",
    ],
    env: Object.fromEntries(
      Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ),
  });
  const page = await app.firstWindow();
  page.setDefaultTimeout(20_000);
  return {
    page,
    async show(scene) {
      await page.goto(`harness://page/index.html?scene=${scene}`);
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.waitForSelector("#root *");
    },
    async close() {
      await app.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

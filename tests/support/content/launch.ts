import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { _electron, type ElectronApplication, type Page } from "playwright-core";
import { build } from "vite";
import type { Harness } from "./harness.tsx";

type Clean = ReturnType<Harness["cleanHtml"]>;
type Options = Parameters<Harness["cleanHtml"]>[1];

/** What reached the outside of the page since the last look. */
export interface Seen {
  readonly pictures: readonly string[];
  readonly network: readonly string[];
  readonly navigations: readonly string[];
}

export interface ContentPage {
  readonly page: Page;
  clean(html: string, options?: Partial<Options>): Promise<Clean>;
  text(text: string): Promise<Clean>;
  /** Shows a body in the real message frame and waits until it is laid out. */
  show(html: string, options?: Partial<Options>): Promise<Clean>;
  showText(text: string, dark?: boolean): Promise<void>;
  /** Takes what was seen and forgets it. */
  seen(): Promise<Seen>;
  close(): Promise<void>;
}

const here = path.dirname(fileURLToPath(import.meta.url));

/** A built page of this folder, open in the Electron that runs the tests. */
interface TestPage {
  readonly app: ElectronApplication;
  readonly page: Page;
  close(): Promise<void>;
}

/** Opens the harness for bodies and their frame. */
export async function openContentPage(): Promise<ContentPage> {
  return contentPage(await openTestPage("harness.html"));
}

/** Builds a page of this folder and opens it under the app's own policy. */
export async function openTestPage(name: "harness.html" | "stage.html"): Promise<TestPage> {
  const folder = await mkdtemp(path.join(tmpdir(), "bulkhead-content-"));
  await build({
    root: here,
    base: "./",
    logLevel: "error",
    configFile: false,
    plugins: [react()],
    build: {
      outDir: folder,
      emptyOutDir: true,
      assetsDir: ".",
      minify: false,
      rolldownOptions: { input: path.join(here, name) },
    },
  });
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  const asRoot = process.getuid?.() === 0;
  const app = await _electron.launch({
    executablePath: process.execPath,
    args: [...(asRoot ? ["--no-sandbox"] : []), "--disable-gpu", path.join(here, "main.mjs"), folder, name],
    env: Object.fromEntries(
      Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ),
  });
  const page = await app.firstWindow();
  page.setDefaultTimeout(4_000);
  await page.waitForLoadState("load");
  return {
    app,
    page,
    async close() {
      await app.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function contentPage({ app, page, close }: TestPage): ContentPage {
  const full = (options: Partial<Options> = {}): Options => ({
    messageId: 7,
    pictures: "off",
    dark: false,
    ...options,
  });
  const call = <Name extends keyof Harness>(
    name: Name,
    ...args: Parameters<Harness[Name]>
  ): Promise<ReturnType<Harness[Name]>> =>
    page.evaluate(`window.harness[${JSON.stringify(name)}](...${JSON.stringify(args)})`);
  const settled = async () => {
    const frame = await page.waitForSelector("iframe");
    const content = await frame.contentFrame();
    await content?.waitForLoadState("load");
    await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
  };
  return {
    page,
    clean: (html, options) => call("cleanHtml", html, full(options)),
    text: (text) => call("cleanText", text),
    async show(html, options) {
      const result = await call("show", html, full(options));
      await settled();
      return result;
    },
    async showText(text, dark = false) {
      await call("showText", text, dark);
      await settled();
    },
    seen: () => takeSeen(app),
    close,
  };
}

/** Takes what reached the outside of a page, and forgets it. */
export function takeSeen(app: ElectronApplication): Promise<Seen> {
  return app.evaluate(() => {
    const seen: Seen = Reflect.get(globalThis, "seen");
    Reflect.set(globalThis, "seen", { pictures: [], network: [], navigations: [] });
    return seen;
  });
}

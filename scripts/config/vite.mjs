import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";

const root = fileURLToPath(new URL("../..", import.meta.url));
const out = `${root}out/app`;
/** What only exists at run time: Electron itself, and the packages that carry native code. */
const external = [/^node:/, "electron", "better-sqlite3-multiple-ciphers", "@github/keytar"];

/**
 * Main and the engine: one file each, for Electron's own Node.
 * @type {import("vite").InlineConfig}
 */
export const processes = {
  root,
  configFile: false,
  logLevel: "warn",
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: true,
    target: "node24",
    outDir: out,
    emptyOutDir: false,
    minify: false,
    rolldownOptions: {
      input: { main: `${root}electron/main.ts`, engine: `${root}electron/processes/engine.ts` },
      external,
      output: { entryFileNames: "[name].js", chunkFileNames: "chunks/[name]-[hash].js" },
    },
  },
};

/**
 * A sandboxed preload is CommonJS and may require nothing but Electron.
 * @type {import("vite").InlineConfig}
 */
export const preload = {
  root,
  configFile: false,
  logLevel: "warn",
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: true,
    target: "chrome140",
    outDir: out,
    emptyOutDir: false,
    rolldownOptions: {
      input: { preload: `${root}electron/preload/index.ts` },
      external: ["electron"],
      output: { format: "cjs", entryFileNames: "[name].cjs" },
    },
  },
};

/**
 * The window: hashed files under `renderer/`, no inline scripts, so that the CSP can refuse them.
 * @type {import("vite").InlineConfig}
 */
export const renderer = {
  root: `${root}renderer`,
  configFile: false,
  logLevel: "warn",
  base: "./",
  plugins: [react()],
  build: {
    target: "chrome140",
    outDir: `${out}/renderer`,
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // Changes seldom, while the window's own code changes often.
        codeSplitting: {
          groups: [{ name: "react", test: /node_modules\/(?:react|react-dom|scheduler)\// }],
        },
      },
    },
  },
};

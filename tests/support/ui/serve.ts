import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { build, type PreviewServer, preview } from "vite";

const root = fileURLToPath(new URL(".", import.meta.url));
const outDir = fileURLToPath(new URL("../../../out/ui-harness", import.meta.url));

/** Builds the harness and serves it on a free port of this machine; the caller closes it. */
export async function serveHarness(): Promise<{ server: PreviewServer; url: string }> {
  const common = { root, configFile: false, logLevel: "error", base: "./" } as const;
  await build({
    ...common,
    plugins: [react()],
    build: { outDir, emptyOutDir: true, target: "chrome140", reportCompressedSize: false, minify: false },
  });
  const server = await preview({ ...common, build: { outDir }, preview: { host: "127.0.0.1", port: 0 } });
  const address = server.httpServer.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { server, url: `http://127.0.0.1:${address.port}/` };
}

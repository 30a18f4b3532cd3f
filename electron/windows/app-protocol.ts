import { readFile } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";
import { type Protocol, protocol } from "electron";
import { CONTENT_SECURITY_POLICY } from "./session-rules.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
};

/** To be called before `ready`. */
export function registerSchemes(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: "bulkhead", privileges: { standard: true, secure: true, codeCache: true } },
    { scheme: "bulkhead-picture", privileges: { standard: true, secure: true } },
  ]);
}

/** Serves the window's own files from `folder`, and only files that are there by a plain name. */
export function serveApp(target: Protocol, folder: string): void {
  const base = normalize(folder) + sep;
  target.handle("bulkhead", async (request) => {
    const url = new URL(request.url);
    const path = normalize(
      join(base, decodeURIComponent(url.pathname === "/" ? "/index.html" : url.pathname)),
    );
    const type = TYPES[extname(path)];
    if (url.host !== "app" || request.method !== "GET" || type === undefined || !path.startsWith(base)) {
      return new Response("not found", { status: 404 });
    }
    try {
      return new Response(new Uint8Array(await readFile(path)), {
        headers: {
          "content-type": type,
          "content-security-policy": CONTENT_SECURITY_POLICY,
          "x-content-type-options": "nosniff",
          "referrer-policy": "no-referrer",
          "cross-origin-opener-policy": "same-origin",
        },
      });
    } catch {
      return new Response("not found", { status: 404 });
    }
  });
}

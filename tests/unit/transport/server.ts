import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer as createHttpServer, type RequestListener, type Server } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { createServer as createTcpServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { HttpRequest } from "../../../electron/ports/transport.ts";
import { createTransport } from "../../../electron/transport/transport.ts";

/** A port that a server got, and its end when the test ends. */
function listening(server: Server | ReturnType<typeof createTcpServer>): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    resolve(typeof address === "object" && address !== null ? address.port : 0);
  });
  onTestFinished(() => {
    server.close();
    if ("closeAllConnections" in server) server.closeAllConnections();
  });
  return promise;
}

export async function httpServer(listener: RequestListener): Promise<string> {
  return `http://127.0.0.1:${await listening(createHttpServer(listener))}/`;
}

/** A server that speaks whatever `onSocket` says. */
export async function rawServer(onSocket: (socket: Socket) => void): Promise<string> {
  const server = createTcpServer((socket) => {
    socket.on("error", () => {});
    onTestFinished(() => {
      socket.destroy();
    });
    onSocket(socket);
  });
  return `http://127.0.0.1:${await listening(server)}/`;
}

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** A certificate that signs itself, for 127.0.0.1 or for a name that is not ours. */
export function selfSigned(subject: "127.0.0.1" | "elsewhere"): Certificate {
  const folder = mkdtempSync(join(tmpdir(), "transport-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const name = subject === "127.0.0.1" ? "IP:127.0.0.1" : "DNS:elsewhere.example.test";
  try {
    execFileSync(
      "openssl",
      ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"].concat(
        [...["-keyout", key, "-out", cert, "-subj", "/CN=test", "-addext", `subjectAltName=${name}`]],
      ),
      { stdio: "ignore" },
    );
    return { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export async function httpsServer(
  options: Certificate & { readonly maxVersion?: "TLSv1.1" | "TLSv1.2" },
  listener: RequestListener,
): Promise<string> {
  // Electron's TLS library has no security levels that would forbid the old versions by themselves.
  const server = createHttpsServer({ ...options, minVersion: "TLSv1" }, listener);
  server.on("tlsClientError", () => {});
  return `https://127.0.0.1:${await listening(server)}/`;
}

export function transport(ca: readonly string[] = []) {
  const created = createTransport({ ca });
  onTestFinished(() => created.close());
  return created;
}

export function get(url: string, more: Partial<HttpRequest> = {}): HttpRequest {
  return { method: "GET", url, headers: {}, timeoutMs: 5_000, maxBytes: 1 << 20, ...more };
}

export async function text(body: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  return Buffer.concat(parts).toString("utf8");
}

import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
} from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { err, ok, type Result } from "../../shared/base/result.ts";
import {
  type HttpRequest,
  type HttpResponse,
  type Transport,
  TransportError,
  type TransportFault,
} from "../ports/transport.ts";
import { boundedBody, decoderFor } from "./decoded-body.ts";
import { faultOf } from "./faults.ts";
import { trustedAuthorities } from "./trust.ts";

const socketsPerHost = 6;
/** Servers and routers drop idle connections after a minute or two; a shorter life avoids most cuts. */
const idleMs = 45_000;
const maxHeaderBytes = 64 << 10;

interface TransportOptions {
  /** Certificate authorities to believe besides the system's, as PEM. */
  readonly ca?: readonly string[];
}

/** The one HTTP client: keep-alive, TLS 1.2 or better, nothing followed and nothing retried. */
export function createTransport(options: TransportOptions): Transport {
  const shared = {
    keepAlive: true,
    maxSockets: socketsPerHost,
    timeout: idleMs,
    scheduling: "lifo" as const,
  };
  const http = new HttpAgent(shared);
  // Reading the system's certificates takes tens of milliseconds: not before somebody speaks TLS.
  let https: HttpsAgent | null = null;
  const httpsAgent = () => {
    https ??= new HttpsAgent({ ...shared, minVersion: "TLSv1.2", ca: trustedAuthorities(options.ca ?? []) });
    return https;
  };
  return {
    request: (request) => exchange(request, http, httpsAgent),
    close() {
      http.destroy();
      https?.destroy();
    },
  };
}

function exchange(
  request: HttpRequest,
  http: HttpAgent,
  https: () => HttpsAgent,
): Promise<Result<HttpResponse, TransportFault>> {
  const { promise, resolve } = Promise.withResolvers<Result<HttpResponse, TransportFault>>();
  if (request.signal?.aborted === true)
    return Promise.resolve(err({ kind: "cancelled", detail: "before it began" }));
  const url = URL.parse(request.url);
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) {
    return Promise.resolve(err({ kind: "offline", detail: "not an http address" }));
  }
  const init = {
    method: request.method,
    headers: headersOf(request),
    maxHeaderSize: maxHeaderBytes,
  };
  const client =
    url.protocol === "https:"
      ? httpsRequest(url, { ...init, agent: https() })
      : httpRequest(url, { ...init, agent: http });

  let connected = false;
  /** Why we ended the request ourselves; stronger than whatever error that leads to. */
  let ended: TransportFault | null = null;
  const end = (fault: TransportFault) => {
    ended ??= fault;
    client.destroy();
  };
  const fail = (error: unknown) =>
    resolve(err(ended ?? faultOf(error, { connected, reused: client.reusedSocket })));

  const onAbort = () => end({ kind: "cancelled", detail: "cancelled" });
  request.signal?.addEventListener("abort", onAbort, { once: true });
  client.once("close", () => request.signal?.removeEventListener("abort", onAbort));
  client.setTimeout(request.timeoutMs, () =>
    // A connection that was never established has carried nothing.
    end({ kind: connected ? "timeout" : "offline", detail: `silent for ${request.timeoutMs} ms` }),
  );
  client.once("socket", (socket) => whenReady(socket, () => (connected = true)));
  client.once("error", fail);
  client.once("response", (response) => {
    const encoding = response.headers["content-encoding"] ?? "";
    const decoder = decoderFor(encoding);
    if (decoder === null) {
      client.destroy();
      resolve(err({ kind: "cut", detail: "unknown content encoding" }));
      return;
    }
    const failure = () => (ended === null ? null : new TransportError(ended));
    // The answer may come while the body is still being sent (a 401, a 413): errors of sending are void then.
    client.on("error", () => {});
    const body = boundedBody(response, decoder, request.maxBytes, failure);
    resolve(ok({ status: response.statusCode ?? 0, headers: headersFrom(response), body }));
  });
  send(client, request.body).catch(fail);
  return promise;
}

/** Calls back when request bytes can leave: at once on a kept connection, after the handshake on a new one. */
function whenReady(socket: Socket, ready: () => void): void {
  const secure = socket instanceof TLSSocket;
  if (secure ? socket.authorized : !socket.connecting) ready();
  else socket.once(secure ? "secureConnect" : "connect", ready);
}

async function send(client: ClientRequest, body: HttpRequest["body"]): Promise<void> {
  if (body === undefined || body instanceof Uint8Array) {
    client.end(body);
    return;
  }
  try {
    for await (const chunk of body.chunks()) {
      if (client.destroyed) return;
      if (!client.write(chunk)) await drained(client);
    }
    client.end();
  } catch (error) {
    client.destroy();
    throw error;
  }
}

function drained(client: ClientRequest): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const done = () => {
    client.off("drain", done).off("close", done);
    resolve();
  };
  client.once("drain", done).once("close", done);
  return promise;
}

function headersOf({ headers, body, method }: HttpRequest): Record<string, string> {
  const offered = { "accept-encoding": "gzip, deflate", ...headers };
  if (body === undefined && method !== "POST") return offered;
  return { ...offered, "content-length": String(body?.length ?? 0) };
}

function headersFrom(response: IncomingMessage): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const [name, value] of Object.entries(response.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  return headers;
}

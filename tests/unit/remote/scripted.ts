import type { SessionState } from "../../../electron/ports/remote.ts";
import {
  type HttpRequest,
  type HttpResponse,
  type Transport,
  TransportError,
  type TransportFault,
} from "../../../electron/ports/transport.ts";
import { decode, encode, type WbxmlElement } from "../../../electron/protocol/eas/wbxml/index.ts";
import { createEasMailbox, type EasMailboxOptions } from "../../../electron/remote/eas-mailbox.ts";
import { err, ok, type Result } from "../../../shared/base/result.ts";

/** What the server does with one request. */
export type Play =
  | { readonly fault: TransportFault }
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: Uint8Array;
      /** After this many bytes the body breaks. */
      readonly cutAfter?: number;
      readonly cutWith?: TransportFault;
    };

export function answer(root: WbxmlElement): Play {
  return { status: 200, body: encode(root) };
}

/** A request as the server saw it. */
export interface Seen {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly timeoutMs: number;
}

async function collect(body: HttpRequest["body"]): Promise<Uint8Array> {
  if (body === undefined || body instanceof Uint8Array) return body ?? new Uint8Array(0);
  const parts: Uint8Array[] = [];
  for await (const part of body.chunks()) parts.push(part);
  const whole = Buffer.concat(parts);
  if (whole.length !== body.length) throw new Error(`body of ${whole.length}, stated ${body.length}`);
  return whole;
}

async function* bodyOf(play: Exclude<Play, { fault: TransportFault }>): AsyncGenerator<Uint8Array> {
  const body = play.body ?? new Uint8Array(0);
  const end = play.cutAfter ?? body.length;
  for (let at = 0; at < end; at += 100) yield body.subarray(at, Math.min(at + 100, end));
  if (play.cutAfter !== undefined) {
    throw new TransportError(play.cutWith ?? { kind: "cut", detail: "ECONNRESET" });
  }
}

/** A transport whose server follows a script; a function answers every further request. */
function scripted(plays: readonly (Play | ((seen: Seen) => Play))[]) {
  const seen: Seen[] = [];
  const transport: Transport = {
    async request(request: HttpRequest): Promise<Result<HttpResponse, TransportFault>> {
      const { method, headers, timeoutMs } = request;
      const one = {
        method,
        url: new URL(request.url),
        headers,
        body: await collect(request.body),
        timeoutMs,
      };
      const next = plays[Math.min(seen.length, plays.length - 1)];
      const last = seen.length >= plays.length;
      seen.push(one);
      if (next === undefined || (last && typeof next !== "function")) throw new Error("the script is over");
      const play = typeof next === "function" ? next(one) : next;
      if ("fault" in play) return err(play.fault);
      const responseHeaders = new Map(Object.entries(play.headers ?? {}));
      return ok({ status: play.status, headers: responseHeaders, body: bodyOf(play) });
    },
    close() {},
  };
  return { transport, seen };
}

export const now = Date.UTC(2026, 10, 21, 1, 0, 0);

/** A mailbox over a script, with a session that speaks 14.1 unless told otherwise. */
export function mailboxOver(
  plays: readonly (Play | ((seen: Seen) => Play))[],
  start: Partial<SessionState> = {},
  options: Partial<EasMailboxOptions> = {},
) {
  let state: SessionState = {
    url: "https://mail.example.test/Microsoft-Server-ActiveSync",
    protocolVersion: "14.1",
    policyKey: "0",
    deviceId: "DEVICE01",
    ...start,
  };
  const saved: SessionState[] = [];
  const logged: string[] = [];
  const { transport, seen } = scripted(plays);
  const mailbox = createEasMailbox({
    transport,
    credentials: () => ({ userName: "alice", password: "päss:word" }),
    session: {
      load: () => state,
      save(next) {
        state = next;
        saved.push(next);
      },
    },
    clock: { now: () => now, after: () => () => {} },
    log: (_level, event) => logged.push(event),
    ...options,
  });
  return { mailbox, seen, saved, logged, state: () => state };
}

export function decoded(seen: Seen | undefined): WbxmlElement {
  const result = decode(seen?.body ?? new Uint8Array(0));
  if (!result.ok) throw new Error(`${result.error.kind}: ${result.error.detail}`);
  return result.value.root;
}

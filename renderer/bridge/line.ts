import { readReply, type Send, UNREADABLE } from "../../shared/contract/client.ts";
import type { CallError, WireReply, WireRequest } from "../../shared/contract/define.ts";

/** The part of a MessagePort that the line needs. `listen` is called once. */
export interface PortLike {
  postMessage(message: WireRequest): void;
  listen(receive: (data: unknown) => void): void;
  close(): void;
}

/** More waiting calls than a window can have in good order: what comes after is refused. */
const MAX_WAITING = 1000;

const RESTARTED: CallError = {
  code: "internal",
  message: "The mail engine started again while it was working on this. Try once more.",
};
const TOO_MANY: CallError = { code: "internal", message: "The mail engine is not answering." };

export interface Line {
  readonly send: Send;
  /** Talks to a fresh engine from now on: what was under way with the old one fails, what waited goes out. */
  connect(port: PortLike): void;
}

/** Requests and replies over a port that may be replaced. `onOther` gets what is not a reply. */
export function createLine(onOther: (data: unknown) => void): Line {
  let port: PortLike | null = null;
  let nextId = 1;
  const underWay = new Map<number, (reply: WireReply) => void>();
  let waiting: WireRequest[] = [];

  const receive = (data: unknown): void => {
    const reply = readReply(data);
    if (reply === null) {
      onOther(data);
      return;
    }
    const settle = underWay.get(reply.id);
    underWay.delete(reply.id);
    settle?.(reply);
  };

  const post = (request: WireRequest): void => {
    try {
      port?.postMessage(request);
    } catch {
      // A payload that cannot be cloned: a bug of the caller, not of the engine.
      underWay.get(request.id)?.({ id: request.id, ok: false, error: UNREADABLE });
      underWay.delete(request.id);
    }
  };

  return {
    send: (name, payload) =>
      new Promise((resolve) => {
        const request = { id: nextId++, name, payload };
        if (underWay.size >= MAX_WAITING) {
          resolve({ id: request.id, ok: false, error: TOO_MANY });
          return;
        }
        underWay.set(request.id, resolve);
        if (port === null) waiting.push(request);
        else post(request);
      }),
    connect(fresh) {
      if (port !== null) {
        port.close();
        const lost = [...underWay];
        underWay.clear();
        for (const [id, settle] of lost) settle({ id, ok: false, error: RESTARTED });
      }
      port = fresh;
      fresh.listen((data) => {
        if (port === fresh) receive(data);
      });
      const queued = waiting;
      waiting = [];
      for (const request of queued) post(request);
    },
  };
}

import type { Host } from "../../../renderer/bridge/host.ts";
import type { PortLike } from "../../../renderer/bridge/line.ts";
import type { WireReply } from "../../../shared/contract/define.ts";

/** Answers a call by its wire name: a value, or a failure made with `failure`. */
export type Answers = Record<string, (payload: never) => unknown>;

class Failure {
  readonly code: string;
  readonly message: string;
  constructor(code: string, message: string) {
    this.code = code;
    this.message = message;
  }
}

export function failure(code: string, message: string): unknown {
  return new Failure(code, message);
}

/** One call the window made. */
export interface MadeCall {
  readonly name: string;
  readonly payload: unknown;
}

/** A host whose engine and main answer from a table, keep what was asked, and announce on demand. */
export function createFakeHost(answers: Answers) {
  const calls: MadeCall[] = [];
  let announceMain: (data: unknown) => void = () => {};
  const answer = async (id: number, name: string, payload: unknown): Promise<WireReply> => {
    calls.push({ name, payload });
    const made = await answers[name]?.(payload as never);
    if (made instanceof Failure) return { id, ok: false, error: { code: made.code, message: made.message } };
    return { id, ok: true, value: made ?? {} };
  };
  let receive: (data: unknown) => void = () => {};
  const port: PortLike = {
    close() {},
    postMessage(request) {
      void answer(request.id, request.name, request.payload).then((reply) => receive(reply));
    },
    listen(listener) {
      receive = listener;
    },
  };
  const host: Host = {
    ready() {},
    invoke: (name, payload) => answer(0, name, payload),
    onMainEvent(listener) {
      announceMain = listener;
    },
    onEnginePort: (listener) => listener(port),
  };
  return {
    host,
    calls,
    announceEngine: (event: string, payload: unknown) => receive({ event, payload }),
    announceMain: (event: string, payload: unknown) => announceMain({ event, payload }),
  };
}

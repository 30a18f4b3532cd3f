import type { PortLike } from "../../../../renderer/bridge/line.ts";
import type { WireRequest } from "../../../../shared/contract/define.ts";

export interface FakePort extends PortLike {
  readonly sent: WireRequest[];
  readonly closed: () => boolean;
  answer(data: unknown): void;
}

/** A port whose other end is the test. */
export function fakePort(): FakePort {
  const sent: WireRequest[] = [];
  let receive: (data: unknown) => void = () => {};
  let closed = false;
  return {
    sent,
    closed: () => closed,
    answer: (data) => receive(data),
    postMessage: (message) => {
      sent.push(message);
    },
    listen: (listener) => {
      receive = listener;
    },
    close: () => {
      closed = true;
    },
  };
}

import * as v from "valibot";
import { readReply, UNREADABLE } from "../../shared/contract/client.ts";
import type { WireReply } from "../../shared/contract/define.ts";
import type { PortLike } from "./line.ts";

/** What stands behind the window: the preload in the app, a stand-in in tests. */
export interface Host {
  ready(): void;
  readonly invoke: (name: string, payload: unknown) => Promise<WireReply>;
  onMainEvent(listener: (data: unknown) => void): void;
  onEnginePort(listener: (port: PortLike) => void): void;
}

const ApiSchema = v.object({ ready: v.function(), invoke: v.function(), on: v.function() });
const PortMessageSchema = v.object({ type: v.literal("bulkhead:engine-port") });

/** The preload's API on `target`. Throws when there is none: the page was opened outside the app. */
export function windowHost(target: Window): Host {
  const api = v.parse(ApiSchema, Reflect.get(target, "bulkhead"));
  return {
    ready: () => void api.ready(),
    invoke: async (name, payload) => {
      try {
        return readReply(await api.invoke(name, payload)) ?? { id: 0, ok: false, error: UNREADABLE };
      } catch {
        return { id: 0, ok: false, error: UNREADABLE };
      }
    },
    onMainEvent: (listener) => void api.on(listener),
    onEnginePort: (listener) =>
      target.addEventListener("message", (event) => {
        const [port] = event.ports;
        // The preload speaks as this very window; a frame with mail in it has another source and origin.
        if (event.source !== target || event.origin !== target.location.origin) return;
        if (port !== undefined && v.is(PortMessageSchema, event.data)) listener(adapt(port));
      }),
  };
}

function adapt(port: MessagePort): PortLike {
  return {
    postMessage: (message) => port.postMessage(message),
    listen: (receive) => {
      port.onmessage = (event) => receive(event.data);
    },
    close: () => port.close(),
  };
}

import type { MessagePortMain } from "electron";
import type { WireEvent } from "../../shared/contract/define.ts";
import { createDispatcher, type Handlers, readRequest } from "../../shared/contract/dispatch.ts";
import { engineContract } from "../../shared/contract/index.ts";

/** Requests a window may have under way; more than a person can cause, so a flood is refused. */
const MAX_UNDER_WAY = 256;

/** The engine's end of the contract: one port for each window, events to all of them. */
export function createEngineEndpoint(
  handlers: Handlers<typeof engineContract>,
  onBug: (name: string, error: unknown) => void,
) {
  const dispatch = createDispatcher(engineContract, handlers, onBug);
  const ports = new Set<MessagePortMain>();
  return {
    attach(port: MessagePortMain): void {
      let underWay = 0;
      port.on("message", ({ data }) => {
        const request = readRequest(data);
        if (request === null) return;
        if (underWay >= MAX_UNDER_WAY) {
          port.postMessage({
            id: request.id,
            ok: false,
            error: { code: "invalid", message: "too many requests" },
          });
          return;
        }
        underWay += 1;
        void dispatch(request).then((reply) => {
          underWay -= 1;
          port.postMessage(reply);
        });
      });
      port.on("close", () => ports.delete(port));
      ports.add(port);
      port.start();
    },
    announce(event: WireEvent): void {
      for (const port of ports) port.postMessage(event);
    },
  };
}

import { ipcMain, type WebContents } from "electron";
import type { WireEvent, WireReply } from "../../shared/contract/define.ts";
import { createDispatcher, type Handlers, readRequest } from "../../shared/contract/dispatch.ts";
import type { mainContract } from "../../shared/contract/index.ts";
import { isTrustedSender } from "./sender.ts";

/** Main's end of the contract with the windows. */
export function serveMainContract(options: {
  readonly contract: typeof mainContract;
  readonly handlersFor: (contents: WebContents) => Handlers<typeof mainContract>;
  readonly origin: string;
  readonly isOurs: (contents: WebContents) => boolean;
  readonly onWindowReady: (contents: WebContents) => void;
  readonly onBug: (name: string, error: unknown) => void;
}): void {
  const refused: WireReply = { id: 0, ok: false, error: { code: "invalid", message: "refused" } };
  ipcMain.handle("call", (event, data: unknown): Promise<WireReply> | WireReply => {
    if (!isTrustedSender(event, options.origin, options.isOurs)) return refused;
    const request = readRequest(data);
    if (request === null) return refused;
    const dispatch = createDispatcher(options.contract, options.handlersFor(event.sender), options.onBug);
    return dispatch(request);
  });
  ipcMain.on("window-ready", (event) => {
    if (isTrustedSender(event, options.origin, options.isOurs)) options.onWindowReady(event.sender);
  });
}

export function sendEvent(contents: WebContents, event: WireEvent): void {
  if (!contents.isDestroyed()) contents.send("event", event);
}

import type { IpcMainEvent, IpcMainInvokeEvent, WebContents } from "electron";

type Sender = Pick<IpcMainEvent | IpcMainInvokeEvent, "senderFrame" | "sender">;

/**
 * Only the main frame of a window of ours, on exactly our origin, is heard. A frame that is gone, has no
 * address or is about:blank is somebody else.
 */
export function isTrustedSender(
  event: Sender,
  origin: string,
  isOurs: (contents: WebContents) => boolean,
): boolean {
  const frame = event.senderFrame;
  return (
    frame !== null &&
    frame.parent === null &&
    frame === event.sender.mainFrame &&
    frame.origin === origin &&
    frame.url.startsWith(`${origin}/`) &&
    isOurs(event.sender)
  );
}

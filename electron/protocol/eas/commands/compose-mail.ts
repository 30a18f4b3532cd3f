import type { OutgoingMessage } from "../../../ports/remote.ts";
import type { CommandName } from "../query.ts";
import { atLeast, type ProtocolVersion } from "../version.ts";
import { child, el, encodeAround, type WbxmlElement } from "../wbxml/index.ts";
import { type StatusTable, statusIn } from "./status.ts";

/** SendMail, SmartReply and SmartForward have common statuses only (MS-ASCMD 2.2.3.177.14 to 16). */
export const composeMailStatuses: StatusTable = {
  1: { recovery: "ok", meaning: "success" },
};

type ComposeCommand = Extract<CommandName, "SendMail" | "SmartReply" | "SmartForward">;

/** A request whose body is `head`, then the message, then `tail`. */
export interface ComposeRequest {
  readonly command: ComposeCommand;
  readonly contentType: "application/vnd.ms-sync.wbxml" | "message/rfc822";
  readonly head: Uint8Array;
  readonly tail: Uint8Array;
  /** 12.1: goes into the query. */
  readonly saveInSent: boolean;
}

const nothing = new Uint8Array(0);

/**
 * From 14.0 on a WBXML document around the message; before, the message alone (MS-ASCMD 2.2.1.17). Our replies
 * and forwards hold the quoted text and the attachments themselves, so that they ask the server to replace its
 * own (ReplaceMime); the server then only marks the source. 12.1 has no ReplaceMime: there they are plain mail.
 */
export function composeRequest(message: OutgoingMessage, version: ProtocolVersion): ComposeRequest {
  if (!atLeast(version, "14.0")) {
    return {
      command: "SendMail",
      contentType: "message/rfc822",
      head: nothing,
      tail: nothing,
      saveInSent: true,
    };
  }
  const command = commandFor(message);
  const source =
    command === "SendMail" || message.source === null
      ? []
      : [
          el(
            "ComposeMail",
            "Source",
            el("ComposeMail", "FolderId", message.source.collectionId),
            el("ComposeMail", "ItemId", message.source.serverId),
          ),
        ];
  const root = el(
    "ComposeMail",
    command,
    el("ComposeMail", "ClientId", message.clientId),
    ...source,
    el("ComposeMail", "SaveInSentItems"),
    command === "SendMail" ? null : el("ComposeMail", "ReplaceMime"),
  );
  const { head, tail } = encodeAround(root, el("ComposeMail", "Mime"), message.size);
  return { command, contentType: "application/vnd.ms-sync.wbxml", head, tail, saveInSent: false };
}

function commandFor({ kind, source }: OutgoingMessage): ComposeCommand {
  if (source === null || kind === "send") return "SendMail";
  return kind === "reply" ? "SmartReply" : "SmartForward";
}

/**
 * The status of an answer that has a body; success has none. The Status is there to give the reason of a failure
 * (MS-ASCMD 2.2.3.177.15), so that an answer without one tells of no failure: calling the message failed would
 * make its author send it again.
 */
export function readComposeStatus(root: WbxmlElement): number {
  return statusIn(child(root, "ComposeMail", "Status"), root.namespace === "ComposeMail" ? 1 : 0);
}

import { err, ok } from "../../../shared/base/result.ts";
import type { OutgoingMessage, RemoteResult } from "../../ports/remote.ts";
import {
  type ComposeRequest,
  composeMailStatuses,
  composeRequest,
  readComposeStatus,
} from "../../protocol/eas/commands/compose-mail.ts";
import { recoveryOf } from "../../protocol/eas/commands/status.ts";
import { readDocument } from "./answers.ts";
import type { Channel } from "./channel.ts";
import { fromStatus } from "./faults.ts";

/** Servers answer only when the message has been handed on; a virus scanner on the way takes its time. */
const timeoutMs = 180_000;

/** Sends a message: SendMail, or SmartReply and SmartForward so that the source is marked. */
export async function sendMessage(
  channel: Channel,
  message: OutgoingMessage,
  signal?: AbortSignal,
): RemoteResult<void> {
  const version = await channel.version(signal);
  if (!version.ok) return version;
  const request = composeRequest(message, version.value);
  const sent = await channel.post({
    command: request.command,
    body: streamed(request, message),
    contentType: request.contentType,
    saveInSent: request.saveInSent,
    timeoutMs,
    maxBytes: 4 << 20,
    signal,
  });
  if (!sent.ok) return sent;
  // Success has an empty body (MS-ASCMD 2.2.1.17.2).
  const document = await readDocument(sent.value);
  if (!document.ok) return document;
  if (document.value === null) return ok(undefined);
  const status = readComposeStatus(document.value);
  const recovery = recoveryOf(composeMailStatuses, status);
  if (recovery === "ok" || recovery === "already-done") return ok(undefined);
  if (recovery === "object-gone" && request.command !== "SendMail") {
    return sendMessage(channel, { ...message, kind: "send", source: null }, signal);
  }
  return err(fromStatus(request.command, status, recovery));
}

function streamed({ head, tail }: ComposeRequest, message: OutgoingMessage) {
  return {
    length: head.length + message.size + tail.length,
    async *chunks() {
      if (head.length > 0) yield head;
      yield* message.open();
      if (tail.length > 0) yield tail;
    },
  };
}

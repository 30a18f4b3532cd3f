import { err, ok } from "../../../shared/base/result.ts";
import type { RemoteBody, RemoteResult } from "../../ports/remote.ts";
import {
  attachmentRequest,
  bodyRequest,
  createAttachmentReader,
  itemOperationsStatuses,
  readBodyReply,
} from "../../protocol/eas/commands/item-operations.ts";
import { recoveryOf } from "../../protocol/eas/commands/status.ts";
import { encode } from "../../protocol/eas/wbxml/index.ts";
import { readChunks, readDocument } from "./answers.ts";
import type { Channel } from "./channel.ts";
import { fromStatus, fromWbxml } from "./faults.ts";

const command = "ItemOperations";
const timeoutMs = 120_000;
const maxBody = 96 << 20;
/** Exchange allows messages of 150 MB; base64 makes a third more of them. */
const maxAttachment = 256 << 20;

export async function fetchBody(
  channel: Channel,
  source: { readonly collectionId: string; readonly serverId: string },
  kind: "html" | "mime",
  signal?: AbortSignal,
): RemoteResult<RemoteBody> {
  const body = encode(bodyRequest(source.collectionId, source.serverId, kind));
  const sent = await channel.post({ command, body, timeoutMs, maxBytes: maxBody, signal });
  if (!sent.ok) return sent;
  const document = await readDocument(sent.value);
  if (!document.ok) return document;
  if (document.value === null) return err({ kind: "garbage", detail: "empty answer to a fetch" });
  const reply = readBodyReply(document.value);
  const recovery = recoveryOf(itemOperationsStatuses, reply.status);
  if (recovery !== "ok") return err(fromStatus(command, reply.status, recovery));
  // SOGo answers success without a body for a message that it does not have.
  return reply.body === null ? err(fromStatus(command, reply.status, "object-gone")) : ok(reply.body);
}

export async function fetchAttachment(
  channel: Channel,
  fileReference: string,
  sink: (chunk: Uint8Array) => Promise<void>,
  signal?: AbortSignal,
): RemoteResult<{ readonly bytes: number; readonly type: string | null }> {
  const body = encode(attachmentRequest(fileReference));
  const sent = await channel.post({ command, body, timeoutMs, maxBytes: maxAttachment, signal });
  if (!sent.ok) return sent;
  const reader = createAttachmentReader();
  const read = await readChunks(sent.value, async (chunk) => {
    const parts = reader.push(chunk);
    if (!parts.ok) return fromWbxml(parts.error);
    for (const part of parts.value) await sink(part);
    return null;
  });
  if (!read.ok) return read;
  if (read.value === 0) return err({ kind: "garbage", detail: "empty answer to a fetch" });
  const reply = reader.finish();
  if (!reply.ok) return err(fromWbxml(reply.error));
  const { status, bytes, type } = reply.value;
  const recovery = recoveryOf(itemOperationsStatuses, status);
  return recovery === "ok" ? ok({ bytes, type }) : err(fromStatus(command, status, recovery));
}

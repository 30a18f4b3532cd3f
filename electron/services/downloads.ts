import { open, rename, rm } from "node:fs/promises";
import { err, ok, type Result } from "../../shared/base/result.ts";
import type { AccountId, AttachmentId } from "../../shared/model/ids.ts";
import type { RemoteFault, RemoteMailbox } from "../ports/remote.ts";
import type { AttachmentStore } from "../store/api.ts";

type FetchCode = "not-found" | "offline" | "too-large" | "server";
type Outcome<Code extends string = FetchCode> = Result<
  Record<string, never>,
  { readonly code: Code; readonly message: string }
>;

/** Largest attachment that is fetched, in bytes (`email_max_attachment` defaults to 10 MB; what a draft may carry fits too). */
const MAX_BYTES = 64 * 1024 * 1024;

function failureOf(fault: RemoteFault): { readonly code: FetchCode; readonly message: string } {
  switch (fault.kind) {
    case "offline":
    case "cut":
    case "timeout":
    case "cancelled":
    case "tls":
      return { code: "offline", message: "The server cannot be reached. Try again when you are online." };
    case "status":
      return fault.recovery === "object-gone"
        ? { code: "not-found", message: "The server no longer has this attachment." }
        : { code: "server", message: `The server refused the download (status ${fault.status}).` };
    default:
      return { code: "server", message: "The server did not deliver the attachment." };
  }
}

/** Fetches attachments into the store, each once however often it is asked for, and writes them to files. */
export function createDownloads(parts: {
  readonly attachments: AttachmentStore;
  readonly mailbox: (accountId: AccountId) => RemoteMailbox | null;
  readonly onProgress: (attachmentId: AttachmentId, received: number, total: number) => void;
}) {
  const underWay = new Map<AttachmentId, Promise<Outcome>>();

  const download = async (attachmentId: AttachmentId): Promise<Outcome> => {
    const source = parts.attachments.get(attachmentId);
    if (source === null) return err({ code: "not-found", message: "This attachment is no longer there." });
    if (source.attachment.state === "stored") return ok({});
    if (source.attachment.size > MAX_BYTES) {
      return err({ code: "too-large", message: "This attachment is larger than 64 MB and is not loaded." });
    }
    const mailbox = parts.mailbox(source.accountId);
    const writer = parts.attachments.write(attachmentId);
    if (mailbox === null || writer === null) {
      return err({ code: "offline", message: "The account is not connected." });
    }
    let received = 0;
    let excess = false;
    const stop = new AbortController();
    const fetched = await mailbox.attachment(
      source.fileReference,
      async (chunk) => {
        received += chunk.byteLength;
        if (received > MAX_BYTES) {
          excess = true;
          stop.abort();
          return;
        }
        writer.append(chunk);
        parts.onProgress(attachmentId, received, Math.max(source.attachment.size, received));
      },
      stop.signal,
    );
    if (excess || !fetched.ok) {
      writer.abort();
      if (excess) return err({ code: "too-large", message: "This attachment is larger than 64 MB." });
      return fetched.ok ? ok({}) : err(failureOf(fetched.error));
    }
    writer.finish(fetched.value.type);
    return ok({});
  };

  const fetch = (attachmentId: AttachmentId): Promise<Outcome> => {
    const running = underWay.get(attachmentId);
    if (running !== undefined) return running;
    const started = download(attachmentId).finally(() => underWay.delete(attachmentId));
    underWay.set(attachmentId, started);
    return started;
  };

  return {
    fetch,
    /** Writes an attachment to `path`, whole or not at all. */
    async exportTo(attachmentId: AttachmentId, path: string): Promise<Outcome<FetchCode | "failed">> {
      const fetched = await fetch(attachmentId);
      if (!fetched.ok) return fetched;
      const chunks = parts.attachments.read(attachmentId);
      if (chunks === null) return err({ code: "not-found", message: "This attachment is no longer there." });
      const part = `${path}.part`;
      try {
        const file = await open(part, "w", 0o600);
        try {
          for (const chunk of chunks) await file.write(chunk);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(part, path);
        return ok({});
      } catch (error) {
        await rm(part, { force: true });
        const reason = error instanceof Error && "code" in error ? String(error.code) : "unknown";
        return err({ code: "failed", message: `The file could not be written (${reason}).` });
      }
    },
  };
}

export type Downloads = ReturnType<typeof createDownloads>;

import { err, ok, type Result } from "../../shared/base/result.ts";
import type { MessageId } from "../../shared/model/ids.ts";
import { pictureType } from "../content/pictures.ts";
import type { Transport } from "../ports/transport.ts";
import type { AttachmentStore } from "../store/api.ts";
import type { Downloads } from "./downloads.ts";

export interface Picture {
  readonly type: string;
  readonly bytes: Uint8Array;
}
interface PictureFailure {
  readonly code: "refused" | "not-found";
  readonly message: string;
}

const MAX_PICTURE_BYTES = 10 * 1024 * 1024;
const MAX_REDIRECTS = 3;
const TIMEOUT_MS = 15_000;
/** Messages whose pictures stay allowed while the app runs. */
const MAX_ALLOWED = 500;

const refused = (message: string) => err({ code: "refused" as const, message });

async function collect(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function webUrl(text: string, base?: string): URL | null {
  if (!URL.canParse(text, base)) return null;
  const url = new URL(text, base);
  return (url.protocol === "https:" || url.protocol === "http:") && url.username === "" && url.password === ""
    ? url
    : null;
}

/** More addresses than any honest mail has. */
const MAX_ADDRESSES = 5_000;

/**
 * The web addresses an HTML body names anywhere, normalised; a picture must be one of them. An address in
 * a style ends before its bracket, one in an attribute may hold it: both readings count.
 */
export function namedAddresses(html: string): Set<string> {
  const found = new Set<string>();
  for (const [raw] of html.matchAll(/(?:https?:)?\/\/[^\s"'<>]{1,4096}/gi)) {
    const text = raw.replace(/&(?:amp|#38|#x26);/gi, "&");
    for (const reading of new Set([text, text.replace(/[);].*$/, "")])) {
      const url = webUrl(reading, "https://-/");
      if (url !== null) found.add(url.href);
    }
    if (found.size >= MAX_ADDRESSES) break;
  }
  return found;
}

/**
 * The gate for pictures in mail. Remote ones come only from http(s), only from addresses that the message
 * names, only for messages whose reader asked, without cookies, referrer or any header that tells who asks, and only when their bytes are a picture.
 */
export function createPictures(parts: {
  readonly transport: Transport;
  readonly attachments: AttachmentStore;
  readonly downloads: Downloads;
}) {
  const allowed = new Map<MessageId, ReadonlySet<string>>();

  const remote = async (messageId: MessageId, address: string): Promise<Result<Picture, PictureFailure>> => {
    const named = allowed.get(messageId);
    if (named === undefined) return refused("Pictures are off for this message.");
    let url = webUrl(address);
    if (url !== null && !named.has(url.href)) return refused("The message does not name this picture.");
    for (let hop = 0; url !== null && hop <= MAX_REDIRECTS; hop += 1) {
      const answer = await parts.transport.request({
        method: "GET",
        url: url.href,
        headers: { accept: "image/*" },
        timeoutMs: TIMEOUT_MS,
        maxBytes: MAX_PICTURE_BYTES,
      });
      if (!answer.ok) return err({ code: "not-found", message: "The picture could not be loaded." });
      let bytes: Uint8Array;
      try {
        bytes = await collect(answer.value.body);
      } catch {
        return err({ code: "not-found", message: "The picture could not be loaded." });
      }
      const location = answer.value.headers.get("location");
      if (answer.value.status >= 300 && answer.value.status < 400 && location !== undefined) {
        url = webUrl(location, url.href);
        continue;
      }
      const type = answer.value.status === 200 ? pictureType(bytes) : null;
      return type === null
        ? err({ code: "not-found", message: "That is not a picture." })
        : ok({ type, bytes });
    }
    return refused("Only pictures on the web are loaded.");
  };

  const inline = async (
    messageId: MessageId,
    contentId: string,
  ): Promise<Result<Picture, PictureFailure>> => {
    const source = parts.attachments.byContentId(messageId, contentId);
    const missing = err({ code: "not-found" as const, message: "The message has no such picture." });
    if (source === null || source.attachment.size > MAX_PICTURE_BYTES) return missing;
    const fetched = await parts.downloads.fetch(source.attachment.id);
    const chunks = fetched.ok ? parts.attachments.read(source.attachment.id) : null;
    if (chunks === null) return missing;
    const bytes = Buffer.concat([...chunks]);
    const type = pictureType(bytes);
    return type === null ? missing : ok({ type, bytes });
  };

  return {
    /** Lets `remote` load what this message's body names, until the app ends. */
    allow(messageId: MessageId, html: string): void {
      if (allowed.size >= MAX_ALLOWED) allowed.clear();
      allowed.set(messageId, namedAddresses(html));
    },
    remote,
    inline,
  };
}

export type Pictures = ReturnType<typeof createPictures>;

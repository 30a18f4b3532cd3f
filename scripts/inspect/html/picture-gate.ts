import * as v from "valibot";
import type { Transport } from "../../../electron/ports/transport.ts";
import { createDownloads } from "../../../electron/services/downloads.ts";
import { createPictures } from "../../../electron/services/pictures.ts";
import type { servePictures } from "../../../electron/windows/picture-protocol.ts";
import { ok } from "../../../shared/base/result.ts";
import { MessageIdSchema } from "../../../shared/model/ids.ts";
import type { Requested, ShowRequest } from "./shown.ts";

type LoadPicture = Parameters<typeof servePictures>[1];

/** A picture of one transparent pixel. */
const PIXEL = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");

interface PictureGate {
  /** Lets a message's pictures load when its reader asked for them. */
  open(request: ShowRequest): void;
  readonly load: LoadPicture;
}

/**
 * The product's own gate for pictures, with a network behind it that only writes down what was asked for and
 * answers with a pixel. What the gate refuses is written down as not allowed.
 */
export function createPictureGate(onRequest: (request: Requested) => void): PictureGate {
  const transport: Transport = {
    async request({ url }) {
      onRequest({ url, type: "image", allowed: true });
      return ok({ status: 200, headers: new Map(), body: pixel() });
    },
    close: () => undefined,
  };
  const attachments = { get: () => null, byContentId: () => null, write: () => null, read: () => null };
  const downloads = createDownloads({ attachments, mailbox: () => null, onProgress: () => undefined });
  const pictures = createPictures({ transport, attachments, downloads });
  return {
    open({ messageId, pictures: wanted, html }: ShowRequest): void {
      if (wanted === "on") pictures.allow(v.parse(MessageIdSchema, messageId), html);
    },
    async load(request) {
      const messageId = v.parse(MessageIdSchema, request.messageId);
      if (request.kind === "inline") return null;
      const loaded = await pictures.remote(messageId, request.url);
      if (loaded.ok) return loaded.value;
      onRequest({ url: request.url, type: "image", allowed: false });
      return null;
    },
  };
}

async function* pixel(): AsyncGenerator<Uint8Array> {
  yield PIXEL;
}

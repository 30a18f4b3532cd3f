import { err, ok, type Result } from "../../../../shared/base/result.ts";
import type { RemoteBody } from "../../../ports/remote.ts";
import { Base64Stream } from "../values/base64-stream.ts";
import {
  child,
  childInteger,
  childText,
  el,
  WbxmlDecoder,
  type WbxmlElement,
  type WbxmlFault,
} from "../wbxml/index.ts";
import { readBody } from "./message.ts";
import type { StatusTable } from "./status.ts";

/** MS-ASCMD 2.2.3.177.8. */
export const itemOperationsStatuses: StatusTable = {
  1: { recovery: "ok", meaning: "success" },
  2: { recovery: "give-up", meaning: "protocol error" },
  3: { recovery: "retry-later", meaning: "server error" },
  4: { recovery: "give-up", meaning: "bad address of a document" },
  5: { recovery: "give-up", meaning: "access denied" },
  6: { recovery: "object-gone", meaning: "object not found or access denied" },
  7: { recovery: "retry-later", meaning: "connection to the document store failed" },
  8: { recovery: "give-up", meaning: "invalid byte range" },
  9: { recovery: "give-up", meaning: "unknown store" },
  10: { recovery: "give-up", meaning: "empty file" },
  11: { recovery: "give-up", meaning: "larger than the server allows" },
  12: { recovery: "retry-later", meaning: "input or output failure" },
  14: { recovery: "give-up", meaning: "conversion failed" },
  15: { recovery: "object-gone", meaning: "invalid attachment" },
  16: { recovery: "give-up", meaning: "access to the resource denied" },
  17: { recovery: "ok", meaning: "partial success, each item has its own status" },
  18: { recovery: "sign-in", meaning: "credentials required" },
  155: { recovery: "give-up", meaning: "protocol error in an option" },
  156: { recovery: "give-up", meaning: "action not supported" },
};

/** Asks for a whole body, as HTML or as the MIME message (MS-ASCMD 2.2.1.10). */
export function bodyRequest(collectionId: string, serverId: string, kind: "html" | "mime"): WbxmlElement {
  return fetchOf(
    el("AirSync", "CollectionId", collectionId),
    el("AirSync", "ServerId", serverId),
    el(
      "ItemOperations",
      "Options",
      el("AirSync", "MIMESupport", kind === "mime" ? "2" : "0"),
      el("AirSyncBase", "BodyPreference", el("AirSyncBase", "Type", kind === "mime" ? "4" : "2")),
    ),
  );
}

export function attachmentRequest(fileReference: string): WbxmlElement {
  return fetchOf(el("AirSyncBase", "FileReference", fileReference));
}

function fetchOf(...what: readonly WbxmlElement[]): WbxmlElement {
  return el(
    "ItemOperations",
    "ItemOperations",
    el("ItemOperations", "Fetch", el("ItemOperations", "Store", "Mailbox"), ...what),
  );
}

interface BodyReply {
  readonly status: number;
  readonly body: RemoteBody | null;
}

/** The status of the whole when it failed, otherwise of the one item that was asked for. */
function fetched(root: WbxmlElement): {
  readonly status: number;
  readonly properties: WbxmlElement | undefined;
} {
  const whole = childInteger(root, "ItemOperations", "Status") ?? 1;
  const item = child(child(root, "ItemOperations", "Response"), "ItemOperations", "Fetch");
  const status = childInteger(item, "ItemOperations", "Status") ?? (whole === 1 ? 0 : whole);
  return { status, properties: child(item, "ItemOperations", "Properties") };
}

export function readBodyReply(root: WbxmlElement): BodyReply {
  const { status, properties } = fetched(root);
  const body = child(properties, "AirSyncBase", "Body");
  return { status, body: body === undefined ? null : readBody(body) };
}

interface AttachmentReply {
  readonly status: number;
  readonly type: string | null;
  readonly bytes: number;
}

interface AttachmentReader {
  /** What `chunk` brought of the attachment, decoded, in order; the chunk may be reused afterwards. */
  push(chunk: Uint8Array): Result<readonly Uint8Array[], WbxmlFault>;
  finish(): Result<AttachmentReply, WbxmlFault>;
}

/** Reads an attachment as it arrives: base64 text (MS-ASCMD 2.2.3.39.2), or the bytes as OPAQUE data. */
export function createAttachmentReader(): AttachmentReader {
  const base64 = new Base64Stream();
  let parts: Uint8Array[] = [];
  let bytes = 0;
  const keep = (part: Uint8Array) => {
    if (part.length === 0) return;
    bytes += part.length;
    parts.push(part);
  };
  const decoder = new WbxmlDecoder({
    divert: (namespace, name) =>
      namespace === "ItemOperations" && name === "Data"
        ? (part, opaque) => keep(opaque ? part.slice() : base64.push(part))
        : null,
  });
  return {
    push(chunk) {
      parts = [];
      const fault = decoder.push(chunk);
      if (fault !== null) return err(fault);
      if (base64.broken) return err({ kind: "content", offset: 0, detail: "attachment is not base64" });
      return ok(parts);
    },
    finish() {
      const fault = decoder.finish();
      if (fault !== null) return err(fault);
      if (!base64.complete) return err({ kind: "truncated", offset: 0, detail: "base64 ends too early" });
      const { root } = decoder;
      if (root?.name !== "ItemOperations") {
        return err({ kind: "content", offset: 0, detail: `root is ${root?.name ?? "missing"}` });
      }
      const { status, properties } = fetched(root);
      return ok({ status, type: childText(properties, "AirSyncBase", "ContentType"), bytes });
    },
  };
}

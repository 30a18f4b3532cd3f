import { MAX_DATA_PICTURE_CHARS, MAX_URL_CHARS } from "./limits.ts";
import { parseUrl } from "./links.ts";

/** Where the pixels of a picture come from; `none` for every source that is not shown. */
type PictureSource =
  | { readonly kind: "remote"; readonly url: string }
  | { readonly kind: "inline"; readonly contentId: string }
  | { readonly kind: "data"; readonly url: string }
  | { readonly kind: "none" };

const NONE: PictureSource = { kind: "none" };
/** Raster types only: an SVG can refer to other things. */
const DATA_PICTURE = /^data:image\/(?:png|jpe?g|gif|webp|bmp|avif);base64,[a-z0-9+/=\s]*$/i;
/** RFC 5322 bounds a line, and with it a Content-ID, to 998 characters. */
const MAX_CONTENT_ID_CHARS = 998;

/** Sorts a `src` by kind. Protocol-relative addresses are taken as https. */
export function pictureSource(src: string): PictureSource {
  const trimmed = src.trim();
  if (/^data:/i.test(trimmed)) {
    const fits = trimmed.length <= MAX_DATA_PICTURE_CHARS && DATA_PICTURE.test(trimmed);
    return fits ? { kind: "data", url: trimmed } : NONE;
  }
  if (trimmed.length === 0 || trimmed.length > MAX_URL_CHARS) return NONE;
  if (/^cid:/i.test(trimmed)) return inlineSource(trimmed.slice(4));
  const url = parseUrl(trimmed.startsWith("//") ? `https:${trimmed}` : trimmed);
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) return NONE;
  return { kind: "remote", url: url.href };
}

/** RFC 2392: what follows `cid:` is the Content-ID without its angle brackets, percent-encoded. */
function inlineSource(encoded: string): PictureSource {
  let contentId = encoded;
  try {
    contentId = decodeURIComponent(encoded);
  } catch {
    // Many senders do not encode; a stray percent sign is then part of the id.
  }
  contentId = contentId.replace(/^<|>$/g, "");
  return contentId === "" || contentId.length > MAX_CONTENT_ID_CHARS ? NONE : { kind: "inline", contentId };
}

/** The address under which main asks the engine's gate for a remote picture of one message. */
export function remotePictureAddress(messageId: number, url: string): string {
  return `bulkhead-picture://remote/${encodeURIComponent(url)}?m=${messageId}`;
}

/** The address under which main serves a stored inline picture of one message. */
export function inlinePictureAddress(messageId: number, contentId: string): string {
  return `bulkhead-picture://inline/${messageId}/${encodeURIComponent(contentId)}`;
}

/** A length in CSS from an HTML attribute: "600" and "600px" are pixels, "50%" stays; else null. */
export function attributeLength(value: string | null): string | null {
  if (value === null) return null;
  const match = /^\s*(\d{1,5}(?:\.\d{1,3})?)\s*(px|%)?/i.exec(value);
  return match?.[1] === undefined ? null : `${Number(match[1])}${match[2] === "%" ? "%" : "px"}`;
}

/** Whether a picture of this size exists to be counted and not to be seen. */
export function isTrackerSize(width: string | null, height: string | null): boolean {
  return isTiny(width) && isTiny(height);
}

function isTiny(length: string | null): boolean {
  return length?.endsWith("px") === true && Number.parseFloat(length) <= 2;
}

import { decodeCharset } from "../text/charset.ts";
import { decodeBase64, hexDigit } from "../text/transfer.ts";

interface Word {
  readonly charset: string;
  readonly kind: "b" | "q";
  readonly data: string;
}

type Piece = string | Word;

const MAX_CHARSET = 80;
const MAX_UNFINISHED = 1_000;

/**
 * Text of an unstructured field (RFC 2047): encoded words decoded, white space between them dropped, bytes of
 * words split in the middle of a character joined again. Tolerates spaces inside words, words glued to text, and
 * a last word without its end. Linear in the input.
 * @param raw One character per byte, as `readHeaderBlock` gives it.
 */
export function decodeUnstructured(raw: string): string {
  return decodeWords(rawText(raw));
}

/** A word in the "Q" encoding, wherever its data ends. */
const Q_WORD = /=\?[^?\s]{0,80}\?q\?[^?]*\?=/gi;

/**
 * Bytes beyond ASCII in a header: UTF-8 when they are, else windows-1252. RFC 6532, and what people really send.
 * Inside an encoded word they belong to the word's own charset, and stay bytes in its escapes.
 */
export function rawText(raw: string): string {
  if (!/[\x80-\xff]/.test(raw) && !raw.includes("\u001b")) return raw;
  const source = raw.replace(Q_WORD, (word) =>
    word.replace(/[\x80-\xff]/g, (byte) => `=${byte.charCodeAt(0).toString(16)}`),
  );
  return decodeCharset(Buffer.from(source, "latin1"), null, { allowUtf7: false }).text;
}

export function decodeWords(text: string): string {
  if (!text.includes("=?")) return text;
  const pieces = split(text);
  const joined = render(pieces, true);
  return joined.includes("\ufffd") ? render(pieces, false) : joined;
}

const HEAD = /^=\?([^?\s=]{0,80})\?([bq])\?/i;

function split(text: string): Piece[] {
  const pieces: Piece[] = [];
  let plainFrom = 0;
  let position = 0;
  let nextEnd = 0;
  while (position < text.length) {
    const start = text.indexOf("=?", position);
    if (start < 0) break;
    const head = headAt(text, start);
    if (head === null) {
      position = start + 2;
      continue;
    }
    const from = start + head[0].length;
    if (nextEnd >= 0 && nextEnd < from) nextEnd = text.indexOf("?=", from);
    let end = nextEnd >= 0 ? nextEnd : unfinishedEnd(text, from);
    let next = nextEnd >= 0 ? end + 2 : text.length;
    if (end < 0) {
      position = from;
      continue;
    }
    // A word without its end: the next one begins inside it.
    const inner = text.indexOf("=?", from);
    if (inner >= 0 && inner < end && headAt(text, inner) !== null) {
      end = inner;
      next = inner;
    }
    if (start > plainFrom) pieces.push(text.slice(plainFrom, start));
    pieces.push({
      charset: (head[1]?.split("*")[0] ?? "").toLowerCase(),
      kind: head[2]?.toLowerCase() === "b" ? "b" : "q",
      data: text.slice(from, end),
    });
    position = next;
    plainFrom = next;
  }
  if (plainFrom < text.length) pieces.push(text.slice(plainFrom));
  return pieces;
}

function headAt(text: string, start: number): RegExpExecArray | null {
  return HEAD.exec(text.slice(start, start + MAX_CHARSET + 8));
}

/** Where the data of a word ends that lacks its "?=": at the end of the text, unless prose follows. */
function unfinishedEnd(text: string, from: number): number {
  if (text.length - from > MAX_UNFINISHED) return -1;
  const rest = text.slice(from).trimEnd();
  return /\s/.test(rest) ? -1 : from + rest.replace(/\?$/, "").length;
}

function bytesOf(words: readonly Word[]): Uint8Array {
  const chunks: Uint8Array[] = [];
  let base64 = "";
  for (const word of words) {
    if (word.kind === "b") base64 += word.data;
    else {
      chunks.push(decodeBase64(Buffer.from(base64, "latin1")).bytes, decodeQ(word.data));
      base64 = "";
    }
  }
  chunks.push(decodeBase64(Buffer.from(base64, "latin1")).bytes);
  return Buffer.concat(chunks);
}

function decodeQ(data: string): Uint8Array {
  const source = Buffer.from(data, "utf8");
  const out = new Uint8Array(source.length);
  let length = 0;
  for (let index = 0; index < source.length; index += 1) {
    const byte = source[index] ?? 0;
    const high = byte === 0x3d ? hexDigit(source[index + 1]) : -1;
    const low = high >= 0 ? hexDigit(source[index + 2]) : -1;
    if (low >= 0) {
      out[length++] = (high << 4) | low;
      index += 2;
    } else out[length++] = byte === 0x5f ? 0x20 : byte;
  }
  return out.subarray(0, length);
}

function render(pieces: readonly Piece[], join: boolean): string {
  const out: string[] = [];
  let pending: Word[] = [];
  const flush = () => {
    const first = pending[0];
    if (first !== undefined) {
      out.push(decodeCharset(bytesOf(pending), first.charset, { allowUtf7: true }).text);
    }
    pending = [];
  };
  for (const [index, piece] of pieces.entries()) {
    if (typeof piece === "string") {
      const between = pending.length > 0 && index + 1 < pieces.length && /^\s*$/.test(piece);
      if (between) continue;
      flush();
      out.push(piece);
    } else {
      if (pending.length > 0 && (!join || pending[0]?.charset !== piece.charset)) flush();
      pending.push(piece);
    }
  }
  flush();
  return out.join("");
}

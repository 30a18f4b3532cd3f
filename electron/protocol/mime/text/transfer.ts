import { decodeUuencode } from "./uuencode.ts";

/** Content with its transfer encoding undone (RFC 2045, section 6). `problem` when something had to be guessed. */
export interface DecodedContent {
  readonly bytes: Uint8Array;
  readonly problem: string | null;
}

/** @param encoding Lower-case name from Content-Transfer-Encoding, comments removed. */
export function decodeTransfer(body: Uint8Array, encoding: string): DecodedContent {
  switch (encoding) {
    case "base64":
      return decodeBase64(body);
    case "quoted-printable":
      return { bytes: decodeQuotedPrintable(body), problem: null };
    case "x-uuencode":
    case "x-uue":
    case "uuencode":
    case "uue": {
      // A message that was cut short has lost the last line only.
      const files = decodeUuencode(`${latin1(body)}\nend`).files;
      return files[0] === undefined
        ? { bytes: body, problem: "no uuencoded data" }
        : { bytes: files[0].bytes, problem: null };
    }
    default:
      return { bytes: body, problem: null };
  }
}

export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}

/**
 * Characters outside the alphabet are ignored, as RFC 2045 demands. Padding ends a unit, not the data:
 * some senders encode line by line, or join two encoded texts.
 */
export function decodeBase64(body: Uint8Array): DecodedContent {
  const source = latin1(body);
  const text = source.replace(/[^A-Za-z0-9+/=]+/g, "");
  const units = text.split(/=+/);
  const last = units.at(-1);
  if (last === "") units.pop();
  const problem = units.some((unit) => unit.length % 4 === 1) ? "base64 data is cut or damaged" : null;
  const decoded = units.map((unit) => Buffer.from(unit, "base64"));
  const only = decoded[0];
  return { bytes: decoded.length === 1 && only ? only : Buffer.concat(decoded), problem };
}

const EQUALS = 0x3d;
const CR = 0x0d;
const LF = 0x0a;

/** An escape that is none stays as it is; white space before a line end was added in transport and goes. */
function decodeQuotedPrintable(body: Uint8Array): Uint8Array {
  const out = new Uint8Array(body.length);
  let length = 0;
  let index = 0;
  while (index < body.length) {
    const byte = body[index] ?? 0;
    if (byte === EQUALS) {
      const high = hexDigit(body[index + 1]);
      const low = hexDigit(body[index + 2]);
      if (high >= 0 && low >= 0) {
        out[length++] = (high << 4) | low;
        index += 3;
        continue;
      }
      const end = softBreakEnd(body, index + 1);
      if (end > 0) {
        index = end;
        continue;
      }
    } else if (byte === 0x20 || byte === 0x09) {
      let end = index + 1;
      while (body[end] === 0x20 || body[end] === 0x09) end += 1;
      const next = body[end];
      if (next === LF || (next === CR && body[end + 1] === LF)) {
        index = end;
        continue;
      }
      while (index < end) out[length++] = body[index++] ?? 0;
      continue;
    }
    out[length++] = byte;
    index += 1;
  }
  return out.subarray(0, length);
}

/** Where the text goes on after "=" and a line end; 0 when this is no soft line break. */
function softBreakEnd(body: Uint8Array, from: number): number {
  let index = from;
  while (body[index] === 0x20 || body[index] === 0x09) index += 1;
  if (index >= body.length) return index;
  if (body[index] === LF) return index + 1;
  if (body[index] === CR) return body[index + 1] === LF ? index + 2 : index + 1;
  return 0;
}

export function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  if (byte >= 0x41 && byte <= 0x46) return byte - 0x37;
  if (byte >= 0x61 && byte <= 0x66) return byte - 0x57;
  return -1;
}

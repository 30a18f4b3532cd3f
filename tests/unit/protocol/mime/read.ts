import { parseMime } from "../../../../electron/protocol/mime/parse.ts";
import type { ParsedMime } from "../../../../electron/protocol/mime/parsed.ts";

/** A message written as lines; non-Latin text goes out as UTF-8. */
export function mime(...lines: readonly string[]): Uint8Array {
  return new TextEncoder().encode(lines.join("\r\n"));
}

/** A message written as lines, one byte per character. */
export function rawMime(...lines: readonly string[]): Uint8Array {
  return new Uint8Array(Buffer.from(lines.join("\r\n"), "latin1"));
}

/** Reads what must be readable. */
export function read(bytes: Uint8Array): ParsedMime {
  const result = parseMime(bytes);
  if (!result.ok) throw new Error(`refused: ${result.error.message}`);
  return result.value;
}

/** The bytes of a message with this body and content headers. */
export function withBody(contentHeaders: readonly string[], body: string): Uint8Array {
  return rawMime("From: a@b.test", "MIME-Version: 1.0", ...contentHeaders, "", body);
}

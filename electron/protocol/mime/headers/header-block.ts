import { excerpt, type Warnings } from "../limits.ts";
import { latin1 } from "../text/transfer.ts";

/** One header field. `value` is unfolded (each fold one space), one character per byte, otherwise as it came. */
export interface Header {
  readonly name: string;
  readonly value: string;
}

export interface HeaderBlock {
  readonly headers: readonly Header[];
  /** Offset of the first byte of the body. */
  readonly bodyStart: number;
}

const FIELD = /^([!-9;-~]+)[ \t]*:(.*)$/s;
const LF = 0x0a;

/**
 * Reads header fields from `start` to the empty line. A line that is no field is skipped when fields follow it,
 * and begins the body otherwise. An mbox "From " line in front is skipped.
 */
export function readHeaderBlock(
  bytes: Uint8Array,
  start: number,
  end: number,
  maxBytes: number,
  warnings: Warnings,
): HeaderBlock {
  const headers: Header[] = [];
  let current: string[] = [];
  let position = start;
  const finish = () => {
    const field = FIELD.exec(current.join(""));
    const name = field?.[1];
    if (name !== undefined) headers.push({ name: name.toLowerCase(), value: (field?.[2] ?? "").trim() });
    current = [];
  };
  while (position < end) {
    const line = readLine(bytes, position, end);
    if (line.text === "") {
      finish();
      return { headers, bodyStart: line.next };
    }
    if (line.next - start > maxBytes) {
      warnings.add("headers-cut", "the headers are larger than allowed; the rest of them was left out");
      finish();
      return { headers, bodyStart: bodyAfter(bytes, position, end) };
    }
    if (/^[ \t]/.test(line.text)) {
      // White space only is a folded line to some, the empty line to others. With a field open it is folding.
      if (current.length > 0) current.push(line.text.trim() === "" ? "" : ` ${line.text.trimStart()}`);
      else if (line.text.trim() === "" && headers.length === 0) return { headers, bodyStart: line.next };
    } else if (line.text.startsWith("--") && (headers.length > 0 || current.length > 0)) {
      // The first boundary of a multipart that forgot its empty line.
      finish();
      warnings.add("header-line", "no empty line between headers and the first boundary");
      return { headers, bodyStart: position };
    } else if (FIELD.test(line.text)) {
      finish();
      current.push(line.text);
    } else if (position === start && /^>?From /.test(line.text)) {
      // An mbox separator.
    } else {
      finish();
      if (!FIELD.test(readLine(bytes, line.next, end).text)) {
        warnings.add("header-line", `no empty line before the body, which begins "${excerpt(line.text)}"`);
        return { headers, bodyStart: position };
      }
      warnings.add("header-line", `not a header field: "${excerpt(line.text)}"`);
    }
    position = line.next;
  }
  finish();
  return { headers, bodyStart: end };
}

function readLine(bytes: Uint8Array, position: number, end: number): { text: string; next: number } {
  const found = bytes.indexOf(LF, position);
  const next = found < 0 || found >= end ? end : found + 1;
  const text = latin1(bytes.subarray(position, next)).replace(/\r*\n?$/, "");
  return { text, next };
}

function bodyAfter(bytes: Uint8Array, from: number, end: number): number {
  for (let at = bytes.indexOf(LF, from); at >= 0 && at < end; at = bytes.indexOf(LF, at + 1)) {
    if (bytes[at + 1] === LF) return at + 2;
    if (bytes[at + 1] === 0x0d && bytes[at + 2] === LF) return at + 3;
  }
  return end;
}

/** The first field of this name: a second Subject or From is how mail says different things to different readers. */
export function firstHeader(headers: readonly Header[], name: string): string | null {
  return headers.find((header) => header.name === name)?.value ?? null;
}

export interface UuFile {
  /** Empty when the sender gave none. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

const MAX_FILES = 100;
const BEGIN = /^begin [0-7]{3,4}(?: +([^\r\n]{0,255}))?$/;

/**
 * Takes uuencoded files (`begin 644 name` to `end`) out of a text. What merely looks like a beginning, with no
 * data line or no `end` behind it, stays text.
 */
export function decodeUuencode(text: string): { readonly text: string; readonly files: readonly UuFile[] } {
  if (!/^begin/m.test(text)) return { text, files: [] };
  const lines = text.split("\n");
  const rest: string[] = [];
  const files: UuFile[] = [];
  // Without an "end" below a line, no search that starts there can succeed.
  const lastEnd = lines.findLastIndex((line) => /^end[ \t]*\r?$/.test(line));
  let index = 0;
  while (index < lines.length) {
    const line = lines[index] ?? "";
    const begin = files.length < MAX_FILES && index < lastEnd ? BEGIN.exec(line.replace(/\r$/, "")) : null;
    const file = begin === null ? null : readFile(lines, index + 1);
    if (begin === null || file === null) {
      rest.push(line);
      index += 1;
    } else {
      files.push({ name: (begin[1] ?? "").trim(), bytes: file.bytes });
      index = file.next;
    }
  }
  return files.length === 0 ? { text, files } : { text: rest.join("\n"), files };
}

function readFile(lines: readonly string[], from: number): { bytes: Uint8Array; next: number } | null {
  const chunks: Uint8Array[] = [];
  for (let index = from; index < lines.length; index += 1) {
    const line = (lines[index] ?? "").replace(/\r$/, "");
    if (/^end[ \t]*$/.test(line))
      return chunks.length === 0 ? null : { bytes: Buffer.concat(chunks), next: index + 1 };
    if (line === "" || line === "`" || line === " ") continue;
    const chunk = readLine(line);
    if (chunk === null) return null;
    chunks.push(chunk);
  }
  return null;
}

function readLine(line: string): Uint8Array | null {
  const count = (line.charCodeAt(0) - 32) & 63;
  if (!/^[\x20-\x60]+$/.test(line) || line.length > 90 || line.length - 1 < Math.floor((count * 4) / 3))
    return null;
  const out = new Uint8Array(count);
  const value = (at: number) => (at < line.length ? (line.charCodeAt(at) - 32) & 63 : 0);
  for (let index = 0, at = 1; index < count; index += 3, at += 4) {
    const group = (value(at) << 18) | (value(at + 1) << 12) | (value(at + 2) << 6) | value(at + 3);
    out[index] = group >> 16;
    if (index + 1 < count) out[index + 1] = (group >> 8) & 255;
    if (index + 2 < count) out[index + 2] = group & 255;
  }
  return out;
}

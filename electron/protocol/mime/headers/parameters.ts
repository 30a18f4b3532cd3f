import { decodeCharset } from "../text/charset.ts";
import { hexDigit } from "../text/transfer.ts";
import { decodeUnstructured, rawText } from "./encoded-words.ts";

/** A field such as Content-Type: a lower-case value and its parameters by lower-case name, decoded. */
export interface Parameterised {
  readonly value: string;
  readonly params: ReadonlyMap<string, string>;
}

interface Section {
  readonly number: number;
  readonly encoded: boolean;
  readonly value: string;
}

const MAX_PARAMS = 100;

/**
 * Reads `value; name=value; ...` (RFC 2045, section 5.1) with comments, quoted strings, the extended and
 * continued parameters of RFC 2231, and what is common in their place: encoded words in quotes, spaces without
 * quotes, a missing semicolon. The first of two parameters with one name counts; an extended one beats a plain one.
 */
export function parseParameterised(raw: string): Parameterised {
  const pieces = splitFields(raw).flatMap(splitGlued);
  const head = (pieces.shift() ?? "").trim().replace(/\s*\/\s*/, "/");
  const [value = "", ...glued] = head.split(/[\s,]+/);
  if (glued.length > 0) pieces.unshift(...glued);
  const plain = new Map<string, string>();
  const sections = new Map<string, Section[]>();
  for (const piece of pieces.slice(0, MAX_PARAMS)) {
    const equals = piece.indexOf("=");
    if (equals < 0) continue;
    const key = piece.slice(0, equals).trim().toLowerCase();
    if (key === "" || key === "*") continue;
    const content = unquote(piece.slice(equals + 1).trim());
    const extended = /^([^*]+)\*(?:(\d{1,3})(\*)?)?$/.exec(key);
    const name = extended?.[1];
    if (extended === null || name === undefined) {
      if (!plain.has(key)) plain.set(key, decodeUnstructured(content));
      continue;
    }
    const list = sections.get(name) ?? [];
    const encoded = extended[2] === undefined || extended[3] === "*";
    list.push({ number: Number(extended[2] ?? 0), encoded, value: content });
    sections.set(name, list);
  }
  for (const [name, list] of sections) plain.set(name, joinSections(list));
  return { value: value.toLowerCase(), params: plain };
}

/** White space with a parameter behind it: one of the usual names, or any name that ends the text with its "=". */
const GLUED =
  /(?<![\s,])[\s,]+(?=(?:charset|name|filename|boundary|format|delsp|type|method|start|size|access-type|[a-z-]{1,40}\*\d{0,3}\*?)\s*=|[a-z-]{1,40}\s*=$)/i;

/** Parameters between which the semicolon was forgotten: `charset=utf-8 name="a.txt"`. */
function splitGlued(field: string): string[] {
  const pieces: string[] = [];
  let rest = field;
  while (pieces.length < MAX_PARAMS) {
    const quote = rest.indexOf('"');
    if (quote < 0) break;
    // What stands in quotes stays whole; behind the quotes a new parameter can begin.
    const end = quoteEnd(rest, quote);
    const before = rest.slice(0, quote).split(GLUED);
    const last = before.pop() ?? "";
    pieces.push(...before);
    const next = /^[\s,]+(?=[a-z*\d-]{1,40}\s*=)/i.exec(rest.slice(end));
    if (next === null) return [...pieces, last + rest.slice(quote)];
    pieces.push(last + rest.slice(quote, end));
    rest = rest.slice(end + next[0].length);
  }
  return [...pieces, ...rest.split(GLUED)];
}

/** Splits at semicolons outside quotes and comments; comments go. A quote that never ends is an ordinary sign. */
function splitFields(raw: string): string[] {
  const fields: string[] = [];
  let field = "";
  let inValue = false;
  let index = 0;
  while (index < raw.length) {
    const character = raw[index] ?? "";
    if (character === '"') {
      const end = quoteEnd(raw, index);
      field += raw.slice(index, end);
      index = end;
      continue;
    }
    if (character === "(" && !inValue) {
      const end = commentEnd(raw, index);
      index = end < 0 ? raw.length : end;
      field += " ";
      continue;
    }
    if (character === ";") {
      fields.push(field);
      field = "";
      inValue = false;
    } else {
      field += character;
      if (character === "=") inValue = true;
    }
    index += 1;
  }
  fields.push(field);
  return fields;
}

function commentEnd(raw: string, start: number): number {
  let depth = 0;
  for (let index = start; index < raw.length; index += 1) {
    if (raw[index] === "\\") index += 1;
    else if (raw[index] === "(") depth += 1;
    else if (raw[index] === ")" && --depth === 0) return index + 1;
  }
  return -1;
}

function quoteEnd(raw: string, start: number): number {
  for (let index = start + 1; index < raw.length; index += 1) {
    if (raw[index] === "\\") index += 1;
    else if (raw[index] === '"') return index + 1;
  }
  return raw.length;
}

/** A backslash before anything but a quote or a backslash stays: it is a Windows path, not an escape. */
function unquote(text: string): string {
  if (!text.startsWith('"')) return text.replace(/\s*\([^()]*\)$/, "");
  const end = quoteEnd(text, 0);
  const closed = end > 1 && text[end - 1] === '"';
  return text.slice(1, closed ? end - 1 : end).replace(/\\(["\\])/g, "$1");
}

/** RFC 2231: charset'language'text in the first section; %XX only in sections marked with a star. */
function joinSections(list: readonly Section[]): string {
  const sorted = [...list].sort((a, b) => a.number - b.number);
  let charset: string | null = null;
  const first = sorted[0];
  const prefix = first?.encoded ? /^([^']*)'[^']*'/.exec(first.value) : null;
  if (prefix !== null) charset = prefix[1] || null;
  let out = "";
  let bytes: number[] = [];
  const flush = () => {
    if (bytes.length > 0) out += decodeCharset(Uint8Array.from(bytes), charset, { allowUtf7: false }).text;
    bytes = [];
  };
  for (const section of sorted) {
    const value =
      section === first && prefix !== null ? section.value.slice(prefix[0].length) : section.value;
    if (section.encoded) for (const byte of percentBytes(value)) bytes.push(byte);
    else {
      flush();
      out += rawText(value);
    }
  }
  flush();
  return charset === null ? decodeUnstructured(out) : out;
}

function* percentBytes(value: string): Generator<number> {
  for (let index = 0; index < value.length; index += 1) {
    const code = value.charCodeAt(index);
    const high = code === 0x25 ? hexDigit(value.charCodeAt(index + 1)) : -1;
    const low = high >= 0 ? hexDigit(value.charCodeAt(index + 2)) : -1;
    if (low >= 0) {
      yield (high << 4) | low;
      index += 2;
    } else yield code & 0xff;
  }
}

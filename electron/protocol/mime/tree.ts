import { firstHeader, type Header, readHeaderBlock } from "./headers/header-block.ts";
import { type Parameterised, parseParameterised } from "./headers/parameters.ts";
import { excerpt, type MimeLimits, Warnings } from "./limits.ts";
import { latin1 } from "./text/transfer.ts";

/** One entity (RFC 2045): its place in the message, and what its own headers say about it. */
export interface Entity {
  readonly headers: readonly Header[];
  /** First byte of the header block, first byte of the body, end of the body. */
  readonly start: number;
  readonly bodyStart: number;
  readonly end: number;
  /** What it is treated as: "text/plain" for a multipart in which no parts were found. */
  readonly type: string;
  /** What its headers say it is, or where it stands. */
  readonly declaredType: string;
  readonly contentType: Parameterised;
  readonly disposition: Parameterised;
  /** Lower-case name of the transfer encoding. */
  readonly encoding: string;
  readonly children: readonly Entity[];
}

const ENCODINGS = new Set([
  "7bit",
  "8bit",
  "binary",
  "base64",
  "quoted-printable",
  "x-uuencode",
  "x-uue",
  "uuencode",
  "uue",
]);
const TYPE = /^[a-z0-9!#$&^_.+-]{1,127}\/[a-z0-9!#$&^_.+-]{1,127}$/;
const LF = 0x0a;
const CR = 0x0d;

interface Budget {
  readonly limits: MimeLimits;
  readonly warnings: Warnings;
  parts: number;
  headerBytes: number;
}

/** Cuts a message into its entities. No content is decoded; multiparts beyond the limits stay whole. */
export function readTree(bytes: Uint8Array, limits: MimeLimits, warnings: Warnings): Entity {
  const budget: Budget = { limits, warnings, parts: 0, headerBytes: 0 };
  return readEntity(bytes, 0, bytes.length, "text/plain", 0, budget);
}

function readEntity(
  bytes: Uint8Array,
  start: number,
  end: number,
  defaultType: string,
  depth: number,
  budget: Budget,
): Entity {
  const { limits, warnings } = budget;
  budget.parts += 1;
  const room = Math.max(0, limits.maxHeaderBytes - budget.headerBytes);
  const { headers, bodyStart } = readHeaderBlock(bytes, start, end, room, warnings);
  budget.headerBytes += bodyStart - start;
  const contentType = readContentType(headers, defaultType, warnings);
  const encoding = readEncoding(headers, warnings);
  const own = {
    headers,
    start,
    bodyStart,
    end,
    contentType,
    disposition: parseParameterised(firstHeader(headers, "content-disposition") ?? ""),
    encoding,
  };
  const type = contentType.value;
  if (!type.startsWith("multipart/")) return { ...own, type, declaredType: type, children: [] };
  if (depth >= limits.maxDepth)
    warnings.add("depth", `multiparts deeper than ${limits.maxDepth} were left whole`);
  const ranges = depth < limits.maxDepth ? splitParts(bytes, own.bodyStart, end, contentType, budget) : [];
  // Without parts it is shown as the text it is made of, so that nothing is lost.
  if (ranges.length === 0) return { ...own, type: "text/plain", declaredType: type, children: [] };
  const childType = type === "multipart/digest" ? "message/rfc822" : "text/plain";
  const children: Entity[] = [];
  for (const range of ranges) {
    if (budget.parts >= limits.maxParts) {
      warnings.add("parts", `more than ${limits.maxParts} parts; the rest was left out`);
      break;
    }
    children.push(readEntity(bytes, range.start, range.end, childType, depth + 1, budget));
  }
  return { ...own, type, declaredType: type, children };
}

function readContentType(headers: readonly Header[], defaultType: string, warnings: Warnings): Parameterised {
  const raw = firstHeader(headers, "content-type");
  if (raw === null || raw === "") return { value: defaultType, params: new Map() };
  const parsed = parseParameterised(raw);
  if (TYPE.test(parsed.value)) return parsed;
  warnings.add("content-type", `not a content type: "${excerpt(raw)}"`);
  return { value: parsed.value === "html" ? "text/html" : "text/plain", params: parsed.params };
}

function readEncoding(headers: readonly Header[], warnings: Warnings): string {
  const raw = firstHeader(headers, "content-transfer-encoding");
  if (raw === null) return "7bit";
  const name = raw
    .replace(/\([^()]*\)/g, "")
    .trim()
    .toLowerCase()
    .replace(/^["']|["';,]+$|;.*$/g, "");
  if (name === "" || ENCODINGS.has(name)) return name || "7bit";
  const known: Readonly<Record<string, string>> = {
    "7-bit": "7bit",
    "7bits": "7bit",
    "8-bit": "8bit",
    "8bits": "8bit",
    "base-64": "base64",
    "quoted printable": "quoted-printable",
    quotedprintable: "quoted-printable",
  };
  const meant = Object.hasOwn(known, name) ? known[name] : undefined;
  if (meant === undefined) warnings.add("encoding", `unknown transfer encoding "${excerpt(name)}"`);
  return meant ?? "binary";
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** The bodies between boundary lines (RFC 2046, section 5.1); none when there is no boundary to go by. */
function splitParts(
  bytes: Uint8Array,
  from: number,
  end: number,
  contentType: Parameterised,
  budget: Budget,
): readonly Range[] {
  const { warnings, limits } = budget;
  const named = contentType.params.get("boundary")?.trimEnd() ?? "";
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, end);
  const occurs = named !== "" && body.indexOf(`--${named}`, from, "latin1") >= 0;
  const boundary = occurs ? named : guessBoundary(bytes, from, end);
  if (!occurs) {
    const what =
      named === ""
        ? "a multipart does not name its boundary"
        : "the boundary of a multipart does not occur in it";
    warnings.add("boundary", boundary === "" ? what : `${what}; it was guessed`);
    if (boundary === "") return [];
  }
  const mark = Buffer.from(`--${boundary}`, "latin1");
  const ranges: Range[] = [];
  let partStart = -1;
  // Multiparts inside this one that use its boundary again and are still open.
  let inner = 0;
  let peeks = 0;
  const opens = (at: number) => ++peeks <= limits.maxParts && opensAgain(bytes, at, end, boundary);
  for (let at = body.indexOf(mark, from); at >= 0; at = body.indexOf(mark, at + 1)) {
    const line = boundaryLine(body, at, at + mark.length, from, end);
    if (line === null) continue;
    if (inner > 0) {
      if (line.closes) inner -= 1;
      else if (inner < limits.maxDepth && opens(line.next)) inner += 1;
      continue;
    }
    // A boundary written twice holds nothing between.
    const doubled = at === partStart && !(line.closes && ranges.length === 0);
    if (partStart >= 0 && !doubled)
      ranges.push({ start: partStart, end: Math.max(partStart, line.contentEnd) });
    partStart = line.closes ? -1 : line.next;
    // One more than is allowed, so that the reader knows there was more.
    if (line.closes || ranges.length > limits.maxParts) return ranges;
    if (opens(line.next)) inner = 1;
  }
  if (partStart < 0) {
    warnings.add("boundary", "the boundary of a multipart does not occur in it");
    return ranges;
  }
  warnings.add("unterminated", "a multipart has no end: the message may be cut short");
  ranges.push({ start: partStart, end });
  return ranges;
}

const MAX_PEEK = 4_096;

/** Whether the part that starts here is a multipart with the boundary of the one around it. */
function opensAgain(bytes: Uint8Array, start: number, end: number, boundary: string): boolean {
  const peek = latin1(bytes.subarray(start, Math.min(end, start + MAX_PEEK)));
  const empty = peek.search(/\n\r?\n/);
  const head = empty < 0 ? peek : peek.slice(0, empty);
  if (!head.includes(boundary) || !/^content-type[ \t]*:\s*multipart\//im.test(head)) return false;
  const until = start + head.length;
  const { headers } = readHeaderBlock(bytes, start, until, MAX_PEEK, new Warnings());
  const type = parseParameterised(firstHeader(headers, "content-type") ?? "");
  return type.value.startsWith("multipart/") && type.params.get("boundary")?.trimEnd() === boundary;
}

function boundaryLine(
  body: Buffer,
  at: number,
  after: number,
  from: number,
  end: number,
): { readonly contentEnd: number; readonly next: number; readonly closes: boolean } | null {
  if (at > from && body[at - 1] !== LF) return null;
  const closes = body[after] === 0x2d && body[after + 1] === 0x2d;
  let next = closes ? after + 2 : after;
  while (next < end && (body[next] === 0x20 || body[next] === 0x09 || body[next] === CR)) next += 1;
  // Some programs write something behind the last boundary: "--b-->" or "--b-- end".
  const tail = closes && (body[next] === 0x3e || next > after + 2);
  if (tail) while (next < end && body[next] !== LF) next += 1;
  if (next < end && body[next] !== LF) return null;
  // The line end before a boundary belongs to the boundary.
  let contentEnd = at;
  if (contentEnd > from && body[contentEnd - 1] === LF) contentEnd -= 1;
  if (contentEnd > from && body[contentEnd - 1] === CR) contentEnd -= 1;
  return { contentEnd, next: Math.min(end, next + 1), closes };
}

/** The first line that begins with two dashes and is followed by a header field. */
function guessBoundary(bytes: Uint8Array, from: number, end: number): string {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset + from, Math.min(end - from, 64 * 1024)).toString(
    "latin1",
  );
  return /^--([^\s-][^\r\n]{0,69}?)[ \t]*\r?\n(?:content-[a-z-]+[ \t]*:|\r?\n)/im.exec(head)?.[1] ?? "";
}

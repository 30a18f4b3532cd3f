import { createHash } from "node:crypto";
import { err, ok, type Result } from "../../../shared/base/result.ts";
import { htmlToText } from "../html/html-to-text.ts";
import { textToHtml } from "../html/text-to-html.ts";
import { sortParts } from "./body-parts.ts";
import { fallbackFileName, safeFileName } from "./file-name.ts";
import { parseAddresses } from "./headers/addresses.ts";
import { parseMailDate } from "./headers/date.ts";
import { decodeUnstructured } from "./headers/encoded-words.ts";
import { firstHeader, type Header } from "./headers/header-block.ts";
import { parseMessageId, parseMessageIds } from "./headers/message-ids.ts";
import { excerpt, MIME_LIMITS, type MimeLimits, Warnings } from "./limits.ts";
import type { CalendarPart, MimePart, NotAMessage, ParsedAttachment, ParsedMime } from "./parsed.ts";
import { decodeCharset } from "./text/charset.ts";
import { unflow } from "./text/flowed.ts";
import { decodeTransfer, latin1 } from "./text/transfer.ts";
import { decodeUuencode } from "./text/uuencode.ts";
import { type Entity, readTree } from "./tree.ts";

/**
 * Reads an Internet message (RFC 5322, RFC 2045 to 2049, 2231, 3676). Whatever is wrong with it is read as
 * well as it can be, with a warning; only bytes that are no message at all are refused. Never throws.
 * The contents of attachments may share memory with `bytes`.
 */
export function parseMime(
  bytes: Uint8Array,
  limits: MimeLimits = MIME_LIMITS,
): Result<ParsedMime, NotAMessage> {
  if (bytes.length === 0) return err({ code: "empty", message: "there is nothing to read", at: 0 });
  if (bytes.length > limits.maxBytes) {
    const message = `larger than ${limits.maxBytes} bytes`;
    return err({ code: "too-large", message, at: limits.maxBytes });
  }
  const source = withLineFeeds(withoutMark(bytes));
  const warnings = new Warnings();
  const root = readTree(source, limits, warnings);
  if (root.headers.length === 0) {
    const binary = source.subarray(0, 4_096).indexOf(0);
    if (binary >= 0)
      return err({ code: "not-a-message", message: "binary data without headers", at: binary });
    warnings.add("no-headers", "there are no headers");
  }
  return ok(new Reader(source, limits, warnings).read(root));
}

/** A byte order mark in front, as editors write it, would hide the first header. */
function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

/** Mail that ends its lines with a lone CR, as the first Macs wrote it. */
function withLineFeeds(bytes: Uint8Array): Uint8Array {
  if (bytes.includes(0x0a) || !bytes.includes(0x0d)) return bytes;
  return bytes.map((byte) => (byte === 0x0d ? 0x0a : byte));
}

/** Each message inside a message is searched for its parts once more. */
const MAX_INSIDE = 10;

class Reader {
  readonly #source: Uint8Array;
  readonly #limits: MimeLimits;
  readonly #warnings: Warnings;
  readonly #contents = new Map<Entity, Uint8Array>();
  readonly #texts = new Map<Entity, string>();
  readonly #attachments: ParsedAttachment[] = [];
  #described = 0;

  constructor(source: Uint8Array, limits: MimeLimits, warnings: Warnings) {
    this.#source = source;
    this.#limits = limits;
    this.#warnings = warnings;
  }

  read(root: Entity): ParsedMime {
    const { headers } = root;
    const body = sortParts(root);
    const hasText = body.text.some((part) => part.type === "text/plain" && !this.#isHollow(part));
    const hasHtml = body.html.some((part) => part.type === "text/html");
    const html = hasHtml ? this.#cut(body.html.map((part) => this.#asHtml(part)).join("\n")) : null;
    const text = hasText ? this.#cut(body.text.map((part) => this.#asText(part)).join("\n")) : null;
    const calendar: CalendarPart[] = [];
    const related = new Set<Entity>();
    collectRelated(root, false, related);
    for (const part of [...leaves(root)]) {
      if (part.type === "text/calendar" || part.type === "application/ics")
        calendar.push(this.#calendar(part));
    }
    for (const part of body.files) this.#attach(part, related.has(part), html ?? "");
    return {
      subject: decodeUnstructured(firstHeader(headers, "subject") ?? "")
        .replaceAll("\0", "")
        .replace(/\p{Cc}/gu, " ")
        .trim(),
      from: addresses(headers, "from"),
      to: addresses(headers, "to"),
      cc: addresses(headers, "cc"),
      bcc: addresses(headers, "bcc"),
      replyTo: addresses(headers, "reply-to"),
      date: this.#date(headers),
      messageId: parseMessageId(firstHeader(headers, "message-id") ?? ""),
      inReplyTo: parseMessageIds(firstHeader(headers, "in-reply-to") ?? "")[0] ?? null,
      references: parseMessageIds(firstHeader(headers, "references") ?? ""),
      text,
      html,
      attachments: this.#attachments,
      calendar,
      parts: this.#describe(root, this.#limits.maxDepth),
      warnings: this.#warnings.list,
    };
  }

  #date(headers: readonly Header[]): string | null {
    const raw = firstHeader(headers, "date");
    const date = raw === null ? null : parseMailDate(raw);
    if (raw !== null && date === null) this.#warnings.add("date", `not a date: "${excerpt(raw)}"`);
    return date;
  }

  #content(part: Entity): Uint8Array {
    const known = this.#contents.get(part);
    if (known !== undefined) return known;
    const { bytes, problem } = decodeTransfer(this.#source.subarray(part.bodyStart, part.end), part.encoding);
    if (problem !== null) this.#warnings.add("base64", `${problem} (${part.type})`);
    this.#contents.set(part, bytes);
    return bytes;
  }

  /** A text part as Unicode with `\n`; flowed lines joined, and files uuencoded in it taken out. */
  #text(part: Entity): string {
    const known = this.#texts.get(part);
    if (known !== undefined) return known;
    const { params } = part.contentType;
    const content = this.#content(part);
    const isHtml = part.type === "text/html";
    const label = params.get("charset") ?? (isHtml ? metaCharset(content) : null);
    const decoded = decodeCharset(content, label, { allowUtf7: part.type === "text/plain" });
    if (decoded.problem !== null) this.#warnings.add("charset", `${decoded.problem} (${part.type})`);
    let text = decoded.text.replace(/\r+\n|\r/g, "\n");
    if (part.type === "text/plain") {
      if (params.get("format")?.toLowerCase() === "flowed") {
        text = unflow(text, params.get("delsp")?.toLowerCase() === "yes");
      }
      const found = decodeUuencode(text);
      text = found.text;
      for (const file of found.files)
        this.#add(file.name, "application/octet-stream", file.bytes, false, null);
    }
    this.#texts.set(part, text);
    return text;
  }

  #asText(part: Entity): string {
    return part.type === "text/html" ? htmlToText(this.#text(part), { form: "plain" }) : this.#text(part);
  }

  #asHtml(part: Entity): string {
    return part.type === "text/html" ? this.#text(part) : `<div>${textToHtml(this.#text(part))}</div>`;
  }

  #cut(text: string): string {
    if (text.length <= this.#limits.maxText) return text;
    this.#warnings.add("text-cut", `the text is longer than ${this.#limits.maxText} characters and was cut`);
    return text.slice(0, this.#limits.maxText).replace(/[\ud800-\udbff]$/, "");
  }

  #calendar(part: Entity): CalendarPart {
    return {
      method: part.contentType.params.get("method")?.toUpperCase().slice(0, 40) || null,
      text: this.#text(part),
    };
  }

  #attach(part: Entity, inRelated: boolean, html: string): void {
    const given = part.disposition.params.get("filename") || part.contentType.params.get("name") || "";
    const contentId = readContentId(part);
    const disposition = part.disposition.value;
    const inline =
      disposition !== "attachment"
        ? disposition === "inline" || (inRelated && contentId !== null)
        : contentId !== null && html.includes(`cid:${contentId}`);
    this.#add(given || this.#nameFromInside(part), part.type, this.#content(part), inline, contentId);
  }

  #add(given: string, type: string, content: Uint8Array, inline: boolean, contentId: string | null): void {
    const name = safeFileName(given) || fallbackFileName(type, this.#attachments.length + 1);
    const sha256 = createHash("sha256").update(content).digest("hex");
    this.#attachments.push({ name, type, size: content.length, sha256, inline, contentId, content });
  }

  /** A forwarded message goes by its subject. */
  #nameFromInside(part: Entity): string {
    if (!isMessage(part)) return "";
    const head = this.#content(part).subarray(0, 64 * 1024);
    const limits = { ...this.#limits, maxDepth: 0 };
    const subject = firstHeader(readTree(head, limits, new Warnings()).headers, "subject");
    const name = decodeUnstructured(subject ?? "")
      .replace(/[\\/]/g, "_")
      .trim();
    return name === "" ? "" : `${name.slice(0, 100)}.eml`;
  }

  /** A multipart without parts and without a word: nothing to show. */
  #isHollow(part: Entity): boolean {
    return part.declaredType.startsWith("multipart/") && this.#text(part).trim() === "";
  }

  #describe(part: Entity, depth: number): MimePart {
    this.#described += 1;
    const container = part.children.length > 0;
    const size = container ? part.end - part.bodyStart : this.#content(part).length;
    return {
      type: part.declaredType,
      charset: part.contentType.params.get("charset")?.toLowerCase() ?? null,
      encoding: part.encoding,
      size,
      children: isMessage(part)
        ? this.#describeInside(part, depth - 1)
        : part.children.map((child) => this.#describe(child, depth - 1)),
    };
  }

  /** A message inside the message is one file, but its parts can be seen; within what is left of the limits. */
  #describeInside(part: Entity, depth: number): readonly MimePart[] {
    const content = this.#content(part);
    const maxParts = this.#limits.maxParts - this.#described;
    if (content.length === 0 || depth < 1 || maxParts < 1) return [];
    const limits = { ...this.#limits, maxDepth: Math.min(depth, MAX_INSIDE), maxParts };
    const inside = new Reader(content, limits, new Warnings());
    const described = inside.#describe(readTree(content, limits, new Warnings()), limits.maxDepth);
    this.#described += inside.#described;
    return [described];
  }
}

function isMessage(part: Entity): boolean {
  return part.type === "message/rfc822" || part.type === "message/global";
}

/** What an HTML part says of itself where its headers say nothing. */
function metaCharset(content: Uint8Array): string | null {
  const head = latin1(content.subarray(0, 4_096));
  const label = /<meta\s[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?([\w.:-]{1,40})/i.exec(head)?.[1] ?? null;
  // It could be read as ASCII, so it is not what it says.
  return label !== null && /^utf-?(?:16|32)/i.test(label) ? null : label;
}

function addresses(headers: readonly Header[], name: string) {
  return headers.filter((header) => header.name === name).flatMap((header) => parseAddresses(header.value));
}

function readContentId(part: Entity): string | null {
  const raw = firstHeader(part.headers, "content-id")?.trim() ?? "";
  return raw.replace(/^<|>$/g, "").trim().slice(0, 998) || null;
}

function* leaves(part: Entity): Generator<Entity> {
  if (part.children.length === 0) yield part;
  for (const child of part.children) yield* leaves(child);
}

function collectRelated(part: Entity, inRelated: boolean, into: Set<Entity>): void {
  if (inRelated) into.add(part);
  for (const child of part.children)
    collectRelated(child, inRelated || part.type === "multipart/related", into);
}

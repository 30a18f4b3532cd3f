import type { CleanBody } from "./clean-body.ts";
import { MAX_LINKS, MAX_TEXT_CHARS, MAX_URL_CHARS } from "./limits.ts";
import { type BodyLink, linkTarget } from "./links.ts";

/** Quotes of at least this many lines are folded. */
const FOLD_LINES = 8;
/** Deeper quotes are drawn at this depth. */
const MAX_DEPTH = 12;

/** Turns a plain-text body into markup: links, quotes folded without scripts, line breaks as sent. */
export function cleanText(text: string): CleanBody {
  const cut = text.length > MAX_TEXT_CHARS;
  const links: BodyLink[] = [];
  const lines = text.slice(0, MAX_TEXT_CHARS).replace(/\r\n?/g, "\n").trimEnd().split("\n").map(readLine);
  return {
    html: `<div class="bh-text">${block(lines, 0, links)}</div>`,
    css: "",
    remotePictures: 0,
    trackers: 0,
    links,
    layout: "simple",
    note: cut ? "This message is very long. Only its beginning is shown." : null,
  };
}

interface Line {
  readonly depth: number;
  readonly text: string;
}

/** ">>" and "> >" are both depth two (RFC 3676, section 4.5). */
function readLine(line: string): Line {
  let depth = 0;
  let at = 0;
  while (depth < MAX_DEPTH) {
    const next = line.startsWith(" >", at) && depth > 0 ? at + 1 : at;
    if (line[next] !== ">") break;
    depth += 1;
    at = next + 1;
  }
  return { depth, text: depth > 0 && line[at] === " " ? line.slice(at + 1) : line.slice(at) };
}

function block(lines: readonly Line[], depth: number, links: BodyLink[]): string {
  let html = "";
  let start = 0;
  while (start < lines.length) {
    const quoted = (lines[start]?.depth ?? 0) > depth;
    let end = start + 1;
    while (end < lines.length && (lines[end]?.depth ?? 0) > depth === quoted) end += 1;
    const part = lines.slice(start, end);
    html += quoted ? quote(part, depth, links) : paragraph(part, links);
    start = end;
  }
  return html;
}

function quote(lines: readonly Line[], depth: number, links: BodyLink[]): string {
  const inner = `<blockquote class="bh-cite">${block(lines, depth + 1, links)}</blockquote>`;
  if (depth > 0 || lines.length < FOLD_LINES) return inner;
  return `<details class="bh-quote"><summary>Quoted text, ${lines.length} lines</summary>${inner}</details>`;
}

function paragraph(lines: readonly Line[], links: BodyLink[]): string {
  const text = lines.map((line) => line.text).join("\n");
  return `<div class="bh-lines">${linkify(text, links)}</div>`;
}

/** Escapes text and makes addresses in it into links. */
function linkify(text: string, links: BodyLink[]): string {
  // An address ends at white space, an angle bracket or a quotation mark; each branch starts with fixed text
  // or a bounded run, so the search is linear in the length of the text.
  const address =
    /\b(?:https?:\/\/|www\.)[^\s<>"']{1,8192}|\b(?:mailto:)?[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}\b/gi;
  let html = "";
  let at = 0;
  for (const match of text.matchAll(address)) {
    const shown = trimAddress(match[0]);
    const target = links.length < MAX_LINKS ? linkTarget(withScheme(shown)) : null;
    if (target === null || target.length > MAX_URL_CHARS) continue;
    links.push({ href: target, text: shown });
    html += `${escapeHtml(text.slice(at, match.index))}${anchor(target, shown)}`;
    at = match.index + shown.length;
  }
  return html + escapeHtml(text.slice(at));
}

function anchor(target: string, shown: string): string {
  const href = escapeHtml(target);
  return `<a href="${href}" rel="noopener noreferrer" title="${href}">${escapeHtml(shown)}</a>`;
}

function withScheme(address: string): string {
  if (/^(?:https?:|mailto:)/i.test(address)) return address;
  return /^www\./i.test(address) ? `http://${address}` : `mailto:${address}`;
}

/** Punctuation after an address belongs to the sentence, and a bracket to the one before the address. */
function trimAddress(address: string): string {
  let unopened = countOf(address, ")") - countOf(address, "(");
  let end = address.length;
  for (; end > 0; end -= 1) {
    const last = address[end - 1] ?? "";
    if (last === ")") {
      if (unopened <= 0) break;
      unopened -= 1;
    } else if (!".,;:!?]}*_".includes(last)) break;
  }
  return address.slice(0, end);
}

function countOf(text: string, char: string): number {
  return text.split(char).length - 1;
}

/** Text made safe inside an element and inside a quoted attribute. */
export function escapeHtml(text: string): string {
  const names: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replace(/[&<>"']/g, (char) => names[char] ?? char);
}

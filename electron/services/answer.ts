import type { Address, ComposeMode, DraftContent, MessageView } from "../../shared/model/mail.ts";

const EMPTY: DraftContent = { to: [], cc: [], bcc: [], subject: "", html: "" };

/** Prefixes of answers in the languages mail clients write them in, and their counters: `Re[2]:`. */
const REPLY = /^\s*(?:re|aw|sv|antw|odp|r|rv|vs)(?:\[\d+\])?\s*:\s*/i;
const FORWARD = /^\s*(?:fwd?|wg|tr|rv|i|pd|vb)(?:\[\d+\])?\s*:\s*/i;

/** The subject of an answer: one prefix, however long the chain is. */
export function answerSubject(mode: ComposeMode, subject: string): string {
  if (mode === "new") return subject;
  const [prefix, own] = mode === "forward" ? (["Fwd: ", FORWARD] as const) : (["Re: ", REPLY] as const);
  let rest = subject;
  for (let i = 0; i < 10 && own.test(rest); i += 1) rest = rest.replace(own, "");
  return prefix + rest;
}

const key = (address: Address) => address.email.trim().toLowerCase();

/** Each address once, in order, without those in `except`. */
function distinct(addresses: readonly Address[], except: ReadonlySet<string>): Address[] {
  const seen = new Set(except);
  return addresses.filter((address) => {
    const id = key(address);
    if (id === "" || seen.has(id)) return false;
    seen.add(id);
    return true;
  });
}

/** Who an answer goes to. Our own address is left out, unless nobody else would be left. */
export function answerRecipients(
  mode: ComposeMode,
  original: Pick<MessageView, "row" | "to" | "cc" | "replyTo">,
  ownAddress: string,
): Pick<DraftContent, "to" | "cc"> {
  if (mode === "new" || mode === "forward") return { to: [], cc: [] };
  const own = new Set([ownAddress.toLowerCase()]);
  const sentByUs = own.has(key(original.row.from));
  const authors = original.replyTo.length > 0 ? original.replyTo : [original.row.from];
  const main = sentByUs ? original.to : authors;
  if (mode === "reply") {
    const to = distinct(main, own);
    return { to: to.length > 0 ? to : distinct(main, new Set()), cc: [] };
  }
  const to = distinct(sentByUs ? main : [...main, ...original.to], own);
  const cc = distinct(original.cc, new Set([...own, ...to.map(key)]));
  return { to: to.length > 0 || cc.length > 0 ? to : distinct(main, new Set()), cc };
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c] ?? c);
}

function display(address: Address): string {
  return escapeHtml(address.name === "" ? address.email : `${address.name} <${address.email}>`);
}

/** The part of an HTML document that can stand inside another one. */
function bodyOf(html: string): string {
  const open = /<body\b[^>]*>/i.exec(html);
  const start = open === null ? 0 : open.index + open[0].length;
  const end = html.toLowerCase().lastIndexOf("</body");
  return html.slice(start, end > start ? end : undefined);
}

function quotedBody(original: MessageView): string {
  switch (original.body.kind) {
    case "html":
      return bodyOf(original.body.html);
    case "text":
      return escapeHtml(original.body.text).replace(/\r?\n/g, "<br>");
    case "missing":
      return "";
  }
}

/** How a date reads in a quotation, with the sender's zone left out: `Friday, 20 November 2026 at 14:05`. */
export type FormatDate = (time: number) => string;

function quotation(mode: ComposeMode, original: MessageView, formatDate: FormatDate): string {
  const { row } = original;
  if (mode === "forward") {
    const lines = [
      `<b>From:</b> ${display(row.from)}`,
      `<b>Date:</b> ${escapeHtml(formatDate(row.date))}`,
      `<b>Subject:</b> ${escapeHtml(row.subject)}`,
      `<b>To:</b> ${original.to.map(display).join(", ")}`,
      ...(original.cc.length > 0 ? [`<b>Cc:</b> ${original.cc.map(display).join(", ")}`] : []),
    ];
    return `<p></p><p>Forwarded message</p><p>${lines.join("<br>")}</p><blockquote type="cite">${quotedBody(original)}</blockquote>`;
  }
  const who = escapeHtml(row.from.name || row.from.email);
  return `<p></p><p>On ${escapeHtml(formatDate(row.date))}, ${who} wrote:</p><blockquote type="cite">${quotedBody(original)}</blockquote>`;
}

/** What a new draft starts with. The quoted original is as received: the editor cleans it before it is shown. */
export function answerContent(
  mode: ComposeMode,
  original: MessageView | null,
  ownAddress: string,
  formatDate: FormatDate,
): DraftContent {
  if (original === null || mode === "new") return EMPTY;
  return {
    ...EMPTY,
    ...answerRecipients(mode, original, ownAddress),
    subject: answerSubject(mode, original.row.subject),
    html: quotation(mode, original, formatDate),
  };
}

/** What mail programs put around the message that is being answered. */
const QUOTE_SELECTOR =
  "blockquote[type=cite], .gmail_quote, .gmail_extra, #divRplyFwdMsg, #appendonsend, .moz-cite-prefix + blockquote, .yahoo_quoted";
/** Shorter quotes are context and stay open. */
const MIN_QUOTE_CHARS = 400;

/**
 * Puts a long quoted original behind a fold when nothing but quoted text follows it. Without scripts:
 * the fold is a `<details>`. A forwarded message, which is nothing but its original, stays open.
 */
export function foldQuotes(root: HTMLElement): void {
  const quote = root.querySelector(QUOTE_SELECTOR);
  if (!(quote instanceof HTMLElement)) return;
  const start = quote.previousElementSibling?.localName === "hr" ? quote.previousElementSibling : quote;
  const parent = start.parentElement;
  if (parent === null || textBefore(root, start).length < 2) return;
  const moved: Node[] = [];
  for (let node: Node | null = start; node !== null; node = node.nextSibling) moved.push(node);
  // Outlook's mark has the original beside it; other quotes hold it, and a reply may go on below them.
  const beside = quote.id === "divRplyFwdMsg" || quote.id === "appendonsend";
  if (!beside && textAfter(root, quote).length > 0) return;
  const length = moved.reduce((sum, node) => sum + (node.textContent ?? "").trim().length, 0);
  if (length < MIN_QUOTE_CHARS) return;
  const details = root.ownerDocument.createElement("details");
  details.className = "bh-quote";
  const summary = root.ownerDocument.createElement("summary");
  summary.textContent = "Earlier messages";
  parent.insertBefore(details, start);
  details.append(summary, ...moved);
}

function textBefore(root: HTMLElement, node: Node): string {
  const range = root.ownerDocument.createRange();
  range.setStart(root, 0);
  range.setEndBefore(node);
  return range.toString().trim();
}

function textAfter(root: HTMLElement, node: Node): string {
  const range = root.ownerDocument.createRange();
  range.selectNodeContents(root);
  range.setStartAfter(node);
  return range.toString().trim();
}

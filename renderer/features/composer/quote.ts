/** A draft's text in its two parts. */
interface SplitDraft {
  /** What the person writes. */
  readonly own: string;
  /** The original below it, with the lines that introduce it; null when there is none. */
  readonly quote: string | null;
}

const QUOTE_CLASS = "bulkhead-quote";

/**
 * Divides a draft's HTML. A draft saved here marks its quote; a fresh answer from the engine begins with an
 * empty paragraph, and everything after it down from the introduction is quoted.
 */
export function splitDraft(html: string): SplitDraft {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  const children = [...body.children];
  const marked = children.find((child) => child.classList.contains(QUOTE_CLASS));
  if (marked !== undefined) {
    const quote = marked.innerHTML;
    marked.remove();
    return { own: body.innerHTML, quote };
  }
  const cited = children.findIndex((child) => child.matches("blockquote[type=cite]"));
  if (cited < 0) return { own: html, quote: null };
  const [first] = children;
  const freshAnswer = first?.localName === "p" && first.textContent.trim() === "" && cited > 0;
  const start = children[freshAnswer ? 1 : cited];
  let quote = "";
  for (let node: ChildNode | null = start ?? null; node !== null; ) {
    const next: ChildNode | null = node.nextSibling;
    quote += node instanceof Element ? node.outerHTML : escapeText(node.textContent ?? "");
    node.remove();
    node = next;
  }
  return { own: body.innerHTML, quote };
}

/** Puts the two parts together as they are saved and sent. */
export function joinDraft({ own, quote }: SplitDraft): string {
  return quote === null ? own : `${own}<div class="${QUOTE_CLASS}">${quote}</div>`;
}

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Elements whose content is not text of the message. */
export const SKIPPED: ReadonlySet<string> = new Set([
  "script",
  "style",
  "head",
  "title",
  "template",
  "noscript",
  "noembed",
  "noframes",
  "iframe",
  "object",
  "svg",
  "math",
  "audio",
  "video",
  "canvas",
  "select",
  "datalist",
]);

/** Elements without content: they open and close at once. */
export const VOID: ReadonlySet<string> = new Set([
  "area",
  "base",
  "br",
  "col",
  "embed",
  "hr",
  "img",
  "input",
  "link",
  "meta",
  "param",
  "source",
  "track",
  "wbr",
]);

/** How many line ends an element wants before and after it. */
export const BREAKS: ReadonlyMap<string, 1 | 2> = new Map<string, 1 | 2>([
  ...["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "pre", "blockquote", "table"].map(
    (name): [string, 2] => [name, 2],
  ),
  ...[
    "div",
    "tr",
    "li",
    "dt",
    "dd",
    "section",
    "article",
    "header",
    "footer",
    "main",
    "nav",
    "aside",
    "address",
    "center",
    "form",
    "fieldset",
    "figure",
    "figcaption",
    "caption",
    "hr",
    "body",
    "html",
  ].map((name): [string, 1] => [name, 1]),
]);

const HIDING =
  /(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?:px|pt|em)?\s*(?:;|!|$)|max-height\s*:\s*0(?:px)?\s*(?:;|!|$)|opacity\s*:\s*0\s*(?:;|!|$))/i;

/** Whether an inline style hides the element: the preheader trick of newsletters, and worse. */
export function isHidingStyle(style: string): boolean {
  return HIDING.test(style.slice(0, 2_000));
}

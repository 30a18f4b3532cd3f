const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
};

/** Good enough for the alternative and the preview that the server derives from HTML. */
export function htmlToText(html: string): string {
  return html
    .replace(/<(style|script|head)\b[\s\S]*?<\/\1>/gi, "")
    .replace(/\s+/g, " ")
    .replace(/<(?:br|\/p|\/div|\/tr|\/h\d|\/li|\/blockquote)\b[^>]*>/gi, "\r\n")
    .replace(/<\/t[dh]>/gi, "\t")
    .replace(/<[^>]*>/g, "")
    .replace(/&(?:#(\d+)|([a-z]+));/gi, (whole: string, code?: string, name?: string) =>
      code === undefined
        ? (ENTITIES[name ?? ""] ?? whole)
        : String.fromCodePoint(Math.min(Number(code), 0x10ffff)),
    )
    .replace(/[ \t]+\r\n[ \t]*/g, "\r\n")
    .replace(/(?:\r\n){3,}/g, "\r\n\r\n")
    .trim();
}

export function escapeHtml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}

export function textToHtml(text: string): string {
  return `<html><body>${escapeHtml(text).replace(/\r?\n/g, "<br>\r\n")}</body></html>`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text made safe inside HTML, in element content and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? "");
}

/** Plain text as HTML that looks the same: escaped, line ends as `<br>`, runs of spaces kept. No links are made. */
export function textToHtml(text: string): string {
  return escapeHtml(text)
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(/\t/g, "    ").replace(/^ | (?= )/g, "&nbsp;"))
    .join("<br>\n");
}

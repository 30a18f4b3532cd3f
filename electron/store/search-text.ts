/**
 * Scripts written without spaces between words. unicode61 would take a whole run as one word, so each
 * of their characters is made a word of its own; a query for several of them becomes a phrase.
 */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const UNSPACED_ALL = new RegExp(UNSPACED.source, "gu");
const ENDS_UNSPACED = new RegExp(`${UNSPACED.source}\\p{M}*$`, "u");
const MEANS_SOMETHING = /[\p{L}\p{N}]/u;
/** Words of a query beyond this are not looked at. */
const MAX_TERMS = 16;

/** Text as the index takes it; queries go through the same. */
export function indexable(text: string): string {
  return UNSPACED.test(text) ? text.replace(UNSPACED_ALL, " $& ") : text;
}

/**
 * An FTS5 expression for what a person typed: every word must occur, each may be only the beginning of
 * a word; "quoted words" are a phrase. Null when there is nothing to look for.
 */
export function matchExpression(query: string): string | null {
  const terms: string[] = [];
  for (const match of query.matchAll(/"([^"]*)"?|[^\s"]+/g)) {
    const quoted = match[1];
    const words = quoted ?? match[0];
    if (!MEANS_SOMETHING.test(words)) continue;
    // One letter begins a word in nearly every message: it must be a word itself.
    const whole = quoted !== undefined || words.length === 1 || ENDS_UNSPACED.test(words);
    terms.push(`"${indexable(words).replaceAll('"', '""').trim()}"${whole ? "" : "*"}`);
    if (terms.length === MAX_TERMS) break;
  }
  // While a further word is begun its first letter must not empty the list.
  if (terms.length > 1 && /\s[\p{L}\p{N}]$/u.test(query) && !ENDS_UNSPACED.test(query)) terms.pop();
  return terms.length === 0 ? null : terms.join(" AND ");
}

/** For comparing names: no case, no accents. */
export function folded(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

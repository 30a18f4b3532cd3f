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

const NOT_ASCII = /[^\p{ASCII}]/u;
/**
 * Marks that people leave out when they type: accents (Latin, Greek, Cyrillic), Hebrew points, Arabic vowels,
 * hamza on a carrier and the tatweel. Marks that are vowels of a script (Indic, Thai) or change a kana stay.
 */
const LEFT_OUT =
  /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]/gu;
/** Letters that Unicode does not decompose although they are typed as others. */
const TYPED_AS: Readonly<Record<string, string>> = {
  ß: "ss",
  ẞ: "ss",
  æ: "ae",
  Æ: "ae",
  œ: "oe",
  Œ: "oe",
  ø: "o",
  Ø: "o",
  đ: "d",
  Đ: "d",
  ł: "l",
  Ł: "l",
  ı: "i",
};
const TYPED_OTHERWISE = new RegExp(`[${Object.keys(TYPED_AS).join("")}]`, "gu");

/** Without what people leave out when they type; the case stays. Also one form of wide, narrow and joined letters. */
function plain(text: string): string {
  if (!NOT_ASCII.test(text)) return text;
  return text
    .normalize("NFKD")
    .replace(LEFT_OUT, "")
    .replace(TYPED_OTHERWISE, (letter) => TYPED_AS[letter] ?? letter)
    .normalize("NFC");
}

/** Text as the index takes it; queries go through the same. */
export function indexable(text: string): string {
  const words = plain(text);
  return UNSPACED.test(words) ? words.replace(UNSPACED_ALL, " $& ") : words;
}

/**
 * An FTS5 expression for what a person typed: every word must occur, each may be only the beginning of
 * a word; "quoted words" are a phrase. Null when there is nothing to look for.
 */
export function matchExpression(query: string): string | null {
  const terms: string[] = [];
  // SQLite reads an expression up to its first NUL.
  for (const match of query.replaceAll("\0", " ").matchAll(/"([^"]*)"?|[^\s"]+/g)) {
    const quoted = match[1];
    const words = plain(quoted ?? match[0]);
    if (!MEANS_SOMETHING.test(words)) continue;
    const whole = quoted !== undefined || ENDS_UNSPACED.test(words);
    terms.push(`"${indexable(words).replaceAll('"', '""').trim()}"${whole ? "" : "*"}`);
    if (terms.length === MAX_TERMS) break;
  }
  return terms.length === 0 ? null : terms.join(" AND ");
}

/** For comparing names: no case, no accents. */
export function folded(text: string): string {
  return plain(text).toLowerCase();
}

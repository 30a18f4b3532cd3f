const MAX_SOURCE = 4_000;
const MAX_PREVIEW = 200;

/** Characters without width that newsletters use to pad their preview: they are no words in any language. */
const FILLER =
  /[\u034f\u061c\u115f\u1160\u17b4-\u17b5\u180e\u200b\u200e\u200f\u2060-\u2064\ufeff\uffa0\u00ad]/g;
/** Joiners are letters' glue in Persian or Hindi, and filler next to a space. */
const LOOSE_JOINERS = /(?<=^|\s)[\u200c\u200d]+|[\u200c\u200d]+(?=\s|$)/g;
const CONTROLS = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;
/** From here on the text is somebody else's, or a signature. */
const QUOTE_START =
  /^(?:>|-- $|-{3,} ?(?:original message|forwarded message|ursprüngliche nachricht)|_{10,}$)/i;

/**
 * One line for the message list from a message's text: up to 200 UTF-16 units, white space collapsed, quoted
 * lines, the signature and invisible filler left out. Falls back to the quoted text when there is nothing else.
 */
export function previewOf(text: string): string {
  const head = text.slice(0, MAX_SOURCE);
  const own: string[] = [];
  for (const line of head.split(/\r\n|\r|\n/)) {
    if (QUOTE_START.test(line)) {
      if (line.startsWith(">")) continue;
      break;
    }
    own.push(line);
  }
  return oneLine(own.join(" ")) || oneLine(head);
}

function oneLine(text: string): string {
  const line = text
    .replace(CONTROLS, " ")
    .replace(FILLER, "")
    .replace(LOOSE_JOINERS, "")
    .replace(/\s+/g, " ")
    .trim();
  if (line.length <= MAX_PREVIEW) return line;
  return line.slice(0, MAX_PREVIEW).replace(/[\ud800-\udbff]$/, "");
}

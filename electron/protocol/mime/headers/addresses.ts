import { addressParser } from "postal-mime";
import type { Address } from "../../../../shared/model/mail.ts";
import { decodeWords, rawText } from "./encoded-words.ts";

const MAX_LENGTH = 200_000;
const MAX_ADDRESSES = 10_000;
const MAX_NAME = 1_000;
/** Stands for "@" inside decoded words (a private-use character), so that none of them is taken for an address. */
const AT = "\uf8fe";

/**
 * Mailboxes of an address field (RFC 5322, section 3.4), groups opened up. postal-mime reads the grammar;
 * encoded words are decoded first and put in quotes, so that no text a sender encoded can become syntax.
 */
export function parseAddresses(raw: string): Address[] {
  const source = quoteWords(rawText(raw.slice(0, MAX_LENGTH)).replaceAll(AT, ""));
  const addresses: Address[] = [];
  for (const mailbox of addressParser(source, { flatten: true })) {
    const parsed = readMailbox(mailbox.name, mailbox.address ?? "");
    if (parsed !== null && addresses.length < MAX_ADDRESSES) addresses.push(parsed);
  }
  return addresses;
}

function readMailbox(rawName: string, rawEmail: string): Address | null {
  const email = rawEmail.replaceAll(AT, "@").replace(/\s+/g, "");
  const name = rawName
    .slice(0, MAX_NAME)
    .replaceAll(AT, "@")
    .replace(/\p{Cc}/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  // Some senders encode the whole of "Name <address>".
  const whole = email === "" ? /^([^<>]*)<([^<>@\s]+@[^<>@\s]+)>$/.exec(name) : null;
  if (whole !== null) return { name: (whole[1] ?? "").trim(), email: whole[2] ?? "" };
  const bare = name.replace(/^(['"])(.*)\1$/, "$2").trim();
  if (email === "" && bare === "") return null;
  return { name: bare === email ? "" : bare, email };
}

/** Decodes encoded words in place: quoted outside of quotes, escaped within quotes and comments. */
function quoteWords(text: string): string {
  if (!text.includes("=?")) return text;
  let out = "";
  let index = 0;
  let quoted = false;
  let comment = 0;
  while (index < text.length) {
    const run = text.startsWith("=?", index) ? wordRun(text, index) : null;
    if (run !== null) {
      const decoded = decodeWords(run)
        .replace(/\p{Cc}/gu, " ")
        .replaceAll("@", AT);
      if (comment > 0) out += decoded.replace(/[()\\]/g, " ");
      else {
        const escaped = decoded.replace(/["\\]/g, "\\$&");
        out += quoted ? escaped : `"${escaped}"`;
      }
      index += run.length;
      continue;
    }
    const character = text[index] ?? "";
    if (character === "\\" && (quoted || comment > 0)) {
      out += text.slice(index, index + 2);
      index += 2;
      continue;
    }
    if (comment === 0 && character === '"') quoted = !quoted;
    else if (!quoted && character === "(") comment += 1;
    else if (!quoted && character === ")" && comment > 0) comment -= 1;
    out += character;
    index += 1;
  }
  return out;
}

/** The encoded words that follow one another from here, with the white space between them. */
function wordRun(text: string, start: number): string | null {
  const word = /=\?[^?\s]{0,80}\?[bq]\?[^?]*\?=(?:[ \t\r\n]+(?==\?))?/iy;
  let end = start;
  for (;;) {
    word.lastIndex = end;
    const match = word.exec(text);
    if (match === null) break;
    end += match[0].length;
  }
  return end === start ? null : text.slice(start, end).trimEnd();
}

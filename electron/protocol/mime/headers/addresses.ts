import { addressParser } from "postal-mime";
import type { Address } from "../../../../shared/model/mail.ts";
import { decodeWords, rawText } from "./encoded-words.ts";

const MAX_LENGTH = 200_000;
const MAX_ADDRESSES = 10_000;
const MAX_NAME = 1_000;
/** Stands for "@" inside decoded words (a private-use character), so that none of them is taken for an address. */
const AT = "\uf8fe";
/** Stands in front of a comment: alone it names nobody. */
const COMMENT = "\uf8fd";
const MARKS = /[\uf8fd\uf8fe]/g;

/**
 * Mailboxes of an address field (RFC 5322, section 3.4), groups opened up. postal-mime reads the grammar;
 * encoded words are decoded first and put in quotes, so that no text a sender encoded can become syntax.
 */
export function parseAddresses(raw: string): Address[] {
  const source = simplify(rawText(raw.slice(0, MAX_LENGTH)).replace(MARKS, ""));
  const addresses: Address[] = [];
  for (const mailbox of addressParser(source, { flatten: true })) {
    const parsed = readMailbox(mailbox.name, mailbox.address ?? "");
    if (parsed !== null && addresses.length < MAX_ADDRESSES) addresses.push(parsed);
  }
  return addresses;
}

function readMailbox(rawName: string, rawEmail: string): Address | null {
  if (rawEmail === "" && rawName.startsWith(COMMENT)) return null;
  // A source route ("@relay.test:ada@example.test") is obsolete and leads nowhere (RFC 5322, section 4.4).
  const email = unmark(rawEmail)
    .replace(/\s+/g, "")
    .replace(/^@[^:]*:/, "");
  const name = unmark(rawName.slice(0, MAX_NAME))
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

function unmark(text: string): string {
  return text.replaceAll(AT, "@").replaceAll(COMMENT, "");
}

/**
 * Makes a field plain enough for a simple grammar: encoded words are decoded, quoted outside of quotes and escaped
 * within; comments lose their nesting and escapes, and vanish inside an address (RFC 5322, section 3.2.2).
 */
function simplify(text: string): string {
  let out = "";
  let index = 0;
  let quoted = false;
  let inAddress = false;
  let nested = true;
  while (index < text.length) {
    const character = text[index] ?? "";
    const run = character === "=" ? wordRun(text, index) : null;
    if (run !== null) {
      const escaped = plainText(decodeWords(run)).replace(/["\\]/g, "\\$&");
      out += quoted ? escaped : `"${escaped}"`;
      index += run.length;
      continue;
    }
    if (character === "(" && !quoted) {
      let end = nested ? commentEnd(text, index) : -1;
      if (end < 0) {
        nested = false;
        end = text.indexOf(")", index);
      }
      const content = end < 0 ? "" : text.slice(index + 1, end);
      if (end >= 0 && !inAddress)
        out += ` (${COMMENT}${plainText(decodeWords(content)).replace(/[()\\]/g, " ")})`;
      index = end < 0 ? index + 1 : end + 1;
      continue;
    }
    if (character === "\\" && quoted) {
      out += text.slice(index, index + 2);
      index += 2;
      continue;
    }
    if (character === '"') quoted = !quoted;
    else if (!quoted && (character === "<" || character === ">")) inAddress = character === "<";
    out += character;
    index += 1;
  }
  return out;
}

function plainText(decoded: string): string {
  return decoded.replace(/\p{Cc}/gu, " ").replaceAll("@", AT);
}

/** The closing bracket of a comment, which may hold comments and escaped brackets; -1 when there is none. */
function commentEnd(text: string, start: number): number {
  let depth = 0;
  for (let index = start; index < text.length; index += 1) {
    const character = text[index];
    if (character === "\\") index += 1;
    else if (character === "(") depth += 1;
    else if (character === ")") {
      depth -= 1;
      if (depth === 0) return index;
    }
  }
  return -1;
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

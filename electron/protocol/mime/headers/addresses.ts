import { addressParser } from "postal-mime";
import type { Address } from "../../../../shared/model/mail.ts";
import { decodeWords, rawText } from "./encoded-words.ts";

const MAX_LENGTH = 200_000;
const MAX_ADDRESSES = 10_000;
const MAX_NAME = 1_000;
/** Private-use characters that stand for ASCII ones (this plus their code) which must not be read as syntax. */
const HIDDEN = 0xf700;
/** Stands in front of a comment: alone it names nobody. */
const COMMENT = "\uf8fd";
const MARKS = /[\uf700-\uf77f\uf8fd]/g;

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
  const email = unmark(
    rawEmail
      .replace(/\s+/g, "")
      .replace(/^<+|>+$/g, "")
      .replace(/^@[^:]*:|^mailto:/i, ""),
  );
  const name = unmark(rawName.slice(0, MAX_NAME))
    .replace(/\p{Cc}/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  // Some senders encode the whole of "Name <address>".
  const whole = email === "" ? /^([^<>]*)<([^<>@\s]+@[^<>@\s]+)>$/.exec(name) : null;
  if (whole !== null) return { name: (whole[1] ?? "").trim(), email: whole[2] ?? "" };
  return email === "" && name === "" ? null : { name, email };
}

function unmark(text: string): string {
  return text.replace(MARKS, (mark) =>
    mark === COMMENT ? "" : String.fromCharCode(mark.charCodeAt(0) - HIDDEN),
  );
}

function hide(text: string): string {
  return text.replace(/[\0-\x7f]/g, (sign) => String.fromCharCode(HIDDEN + sign.charCodeAt(0)));
}

/**
 * A bare address with white space around its dots or its "@" (RFC 5322, section 4.4). In front of the "@" only
 * white space before a dot counts: "Dr. Ada a@b.test" is a name and an address.
 */
function joinDots(text: string): string {
  const pieces = text.split(/([,;:<>"()])/);
  const bare = (index: number) =>
    /^[,;:]?$/.test(pieces[index - 1] ?? "") && /^[,;(]?$/.test(pieces[index + 1] ?? "");
  return pieces
    .map((piece, index) => {
      const at = piece.indexOf("@");
      if (at < 0 || index % 2 === 1 || !bare(index)) return piece;
      const local = piece
        .slice(0, at)
        .split(/ +(?=\.)/)
        .join("")
        .trimEnd();
      const domain = piece
        .slice(at + 1)
        .split(".")
        .map((label) => label.trim());
      return `${local.replace(/\. +(?=\S+$)/, ".")}@${domain.join(".")}${piece.endsWith(" ") ? " " : ""}`;
    })
    .join("");
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
    if (character === '"' && !quoted) {
      // A local part in quotes: `"Ada Lovelace"@example.test`.
      const local = /"((?:[^"\\]|\\.)*)"(?=\s*@)/y;
      local.lastIndex = index;
      const match = local.exec(text);
      if (match !== null) {
        const content = match[1] ?? "";
        out += /^[\w!#$%&'*+/=?^`{|}~.-]+$/.test(content) ? content : hide(match[0]);
        index += match[0].length;
        continue;
      }
    }
    if (character === "\\" && quoted) {
      out += text.slice(index, index + 2);
      index += 2;
      continue;
    }
    if (character === '"') quoted = !quoted;
    else if (!quoted && (character === "<" || character === ">")) inAddress = character === "<";
    // "<<a@b.test>>"
    if (quoted || (character !== "<" && character !== ">") || text[index - 1] !== character) out += character;
    index += 1;
  }
  return joinDots(out);
}

function plainText(decoded: string): string {
  return decoded.replace(/\p{Cc}/gu, " ").replaceAll("@", hide("@"));
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

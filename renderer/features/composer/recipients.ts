import type { Address } from "../../../shared/model/mail.ts";

/** Pasted text beyond this is cut: no person writes to so many. */
const MAX_LIST_CHARS = 100_000;
const MAX_ADDRESSES = 500;
/** The same shape the engine asks for before it sends. */
const ADDRESS = /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"]+$/u;

/** Whether mail can be addressed to it. */
export function isSendable(address: Address): boolean {
  return address.email.length <= 254 && ADDRESS.test(address.email);
}

/**
 * The suggestion that a part of a name or address means, as it stands first in the list; undefined when what
 * was typed is an address itself or fits none of them.
 */
export function meantBy(text: string, suggestions: readonly Address[]): Address | undefined {
  const part = text.trim().toLowerCase();
  if (part === "" || isSendable({ name: "", email: part })) return undefined;
  const [first] = suggestions;
  const fits = first !== undefined && `${first.name} ${first.email}`.toLowerCase().includes(part);
  return fits ? first : undefined;
}

/**
 * Reads what people type and paste: addresses divided by commas, semicolons or line breaks, each bare or as
 * `Name <address>`, names quoted where they hold a comma. What is no address stays as an invalid one, so
 * that nothing that was typed is lost.
 */
export function readRecipients(text: string): Address[] {
  return splitList(text.slice(0, MAX_LIST_CHARS)).slice(0, MAX_ADDRESSES).map(readOne);
}

/** Divides at separators that are outside of quotation marks and angle brackets. */
function splitList(text: string): string[] {
  const parts: string[] = [];
  let part = "";
  let quoted = false;
  let angled = false;
  for (const char of text) {
    if (char === '"') quoted = !quoted;
    else if (!quoted && char === "<") angled = true;
    else if (!quoted && char === ">") angled = false;
    const breaks = char === "\n" || char === "\r" || char === "\t";
    if (breaks || (!quoted && !angled && (char === "," || char === ";"))) {
      parts.push(part);
      part = "";
      if (breaks) {
        quoted = false;
        angled = false;
      }
    } else part += char;
  }
  parts.push(part);
  return parts.map((one) => one.trim()).filter((one) => one !== "");
}

function readOne(text: string): Address {
  const open = text.lastIndexOf("<");
  if (open >= 0 && text.endsWith(">")) {
    const name = text
      .slice(0, open)
      .trim()
      .replace(/^"(.*)"$/s, "$1")
      .replaceAll('\\"', '"');
    return { name: name.trim(), email: text.slice(open + 1, -1).trim() };
  }
  return { name: "", email: text.replace(/^mailto:/i, "").replace(/^[<"']+|[>"']+$/g, "") };
}

/** Adds addresses, each only once, whatever its letters' case. */
export function addRecipients(list: readonly Address[], added: readonly Address[]): Address[] {
  const result = [...list];
  const seen = new Set(list.map((address) => address.email.toLowerCase()));
  for (const address of added) {
    const key = address.email.toLowerCase();
    if (address.email === "" || seen.has(key)) continue;
    seen.add(key);
    result.push(address);
  }
  return result;
}

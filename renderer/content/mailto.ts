import { MAX_URL_CHARS } from "./limits.ts";
import { parseUrl } from "./links.ts";

/** What a `mailto:` link asks to be written. Addresses are as they stand there, and not checked. */
export interface MailtoFields {
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly subject: string;
  readonly text: string;
}

const MAX_ADDRESSES = 50;
const MAX_SUBJECT_CHARS = 500;
const MAX_TEXT_CHARS = 4_000;

/**
 * Reads a `mailto:` link (RFC 6068); null for any other address. Only recipients, copies, subject and text are
 * taken: a link must not be able to add hidden copies, attachments or headers.
 */
export function readMailto(href: string): MailtoFields | null {
  if (href.length > MAX_URL_CHARS) return null;
  const url = parseUrl(href);
  if (url === null || url.protocol !== "mailto:") return null;
  const fields = { to: addresses(url.pathname), cc: [] as string[], subject: "", text: "" };
  for (const part of url.search.slice(1).split("&")) {
    const [name = "", value = ""] = part.split(/=(.*)/s);
    // A plus sign is itself here, unlike in a web form.
    switch (decode(name).toLowerCase()) {
      case "to":
        fields.to.push(...addresses(value));
        break;
      case "cc":
        fields.cc.push(...addresses(value));
        break;
      case "subject":
        fields.subject = decode(value)
          .replace(/[\p{Cc}\s]+/gu, " ")
          .trim()
          .slice(0, MAX_SUBJECT_CHARS);
        break;
      case "body":
        fields.text = decode(value).replace(/\r\n?/g, "\n").slice(0, MAX_TEXT_CHARS);
        break;
    }
  }
  return {
    ...fields,
    to: fields.to.slice(0, MAX_ADDRESSES),
    cc: fields.cc.slice(0, MAX_ADDRESSES),
  };
}

/** The text as paragraphs of the editor. */
export function paragraphs(text: string): string {
  if (text === "") return "<p></p>";
  const escaped = text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  return escaped
    .split("\n")
    .map((line) => `<p>${line}</p>`)
    .join("");
}

/** Splits before decoding, so that an encoded comma stays in its address. */
function addresses(list: string): string[] {
  return list
    .split(",")
    .map((address) =>
      decode(address)
        .replace(/\p{Cc}/gu, "")
        .trim(),
    )
    .filter((address) => address !== "" && address.length <= 320);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

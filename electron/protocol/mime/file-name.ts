const MAX_LENGTH = 180;
const INVISIBLE = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;
const RESERVED = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i;

const EXTENSIONS: ReadonlyMap<string, string> = new Map([
  ["text/plain", ".txt"],
  ["text/html", ".html"],
  ["text/calendar", ".ics"],
  ["text/vcard", ".vcf"],
  ["text/csv", ".csv"],
  ["image/png", ".png"],
  ["image/jpeg", ".jpg"],
  ["image/gif", ".gif"],
  ["image/webp", ".webp"],
  ["image/svg+xml", ".svg"],
  ["application/pdf", ".pdf"],
  ["application/zip", ".zip"],
  ["application/pkcs7-mime", ".p7m"],
  ["application/pkcs7-signature", ".p7s"],
  ["application/pgp-signature", ".asc"],
  ["application/ms-tnef", ".dat"],
  ["message/rfc822", ".eml"],
  ["message/delivery-status", ".txt"],
]);

/**
 * A file name from a stranger, made safe to write on any of the three systems: the last step of a path only,
 * no control, direction or reserved characters, no device names, no dots or spaces at the ends, at most 180
 * UTF-16 units with the extension kept. Empty when nothing is left.
 */
export function safeFileName(raw: string): string {
  const last = raw
    .normalize("NFC")
    .replace(INVISIBLE, "")
    .split(/[\\/]/)
    .map((step) => step.trim())
    .filter((step) => !/^\.*$/.test(step))
    .at(-1);
  const name = (last ?? "")
    .replace(/[<>:"|?*]/g, "_")
    .replace(/\s+/g, " ")
    .replace(/^[. ]+|[. ]+$/g, "");
  return shorten(RESERVED.test(name) ? `_${name}` : name);
}

/** A name for a part that came without one. */
export function fallbackFileName(type: string, number: number): string {
  const stem = type.startsWith("image/") ? "image" : type === "message/rfc822" ? "message" : "attachment";
  return `${stem}-${number}${EXTENSIONS.get(type) ?? ".bin"}`;
}

function shorten(name: string): string {
  if (name.length <= MAX_LENGTH) return name;
  const extension = /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? "";
  return `${name.slice(0, MAX_LENGTH - extension.length).replace(/[\ud800-\udbff]$/, "")}${extension}`;
}

import { MAX_URL_CHARS } from "./limits.ts";

/** A link of a message: where it leads and what it says. */
export interface BodyLink {
  readonly href: string;
  readonly text: string;
}

const LINK_SCHEMES = new Set(["http:", "https:", "mailto:", "tel:"]);

/**
 * The address a link may lead to, written out in full, or null when it may lead nowhere.
 * Relative addresses have no meaning in a mail; a bare fragment stays inside the message.
 */
export function linkTarget(href: string): string | null {
  const trimmed = href.trim();
  if (trimmed.length === 0 || trimmed.length > MAX_URL_CHARS) return null;
  if (trimmed.startsWith("#")) return trimmed;
  const url = parseUrl(trimmed.startsWith("//") ? `https:${trimmed}` : trimmed);
  if (url === null || !LINK_SCHEMES.has(url.protocol)) return null;
  return url.href.length > MAX_URL_CHARS ? null : url.href;
}

/**
 * The host a person reads in a link's text, lower case and without `www.`; null when the text does not
 * look like an address. "Read more" names no host, "https://bank.example/login" and "bank.example" do.
 */
export function namedHost(text: string): string | null {
  const cleaned = text.replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, "").trim();
  if (cleaned.length === 0 || cleaned.length > 500) return null;
  const match =
    /^(?:[a-z][a-z0-9+.-]{1,15}:\/\/)?(?:[^\s@/]{1,100}@)?([^\s/:?#@]{1,253}\.[^\s/:?#@.]{2,63})(?:[/:?#]\S*)?$/iu.exec(
      cleaned,
    );
  const host = match?.[1];
  if (host === undefined) return null;
  const url = parseUrl(`https://${host}/`);
  if (url === null) return null;
  const label = url.hostname.slice(url.hostname.lastIndexOf(".") + 1);
  return /^[a-z]{2,}$|^xn--/.test(label) && !looksLikeFile(label) ? withoutWww(url.hostname) : null;
}

/** The other host a link's text names, when it is not the one the link leads to; else null. */
export function misleadingHost(link: BodyLink): string | null {
  const named = namedHost(link.text);
  if (named === null) return null;
  const url = parseUrl(link.href);
  if (url === null || url.protocol === "tel:") return null;
  const actual = url.protocol === "mailto:" ? mailHost(url) : withoutWww(url.hostname);
  return actual === named || actual.endsWith(`.${named}`) ? null : named;
}

/** An address in three parts, so that the host can be shown stronger than what surrounds it. */
export function addressParts(href: string): { before: string; host: string; after: string } {
  const url = parseUrl(href);
  if (url === null || url.hostname === "") return { before: "", host: href, after: "" };
  const at = href.indexOf(url.hostname, url.protocol.length);
  if (at < 0) return { before: "", host: href, after: "" };
  return {
    before: href.slice(0, at),
    host: url.hostname,
    after: href.slice(at + url.hostname.length),
  };
}

/** `new URL` without the exception: null for what is no absolute address. */
export function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

function withoutWww(host: string): string {
  return host.startsWith("www.") ? host.slice(4) : host;
}

function mailHost(url: URL): string {
  const address = url.pathname;
  return address.slice(address.lastIndexOf("@") + 1).toLowerCase();
}

/** "report.pdf" has the shape of a host and is none. */
function looksLikeFile(label: string): boolean {
  return /^(?:pdf|docx?|xlsx?|pptx?|txt|html?|jpe?g|png|gif|csv|eml|ics|msg|exe|md)$/.test(label);
}

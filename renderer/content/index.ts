export type { CleanBody, CleanOptions } from "./clean-body.ts";
export { cleanHtml, cleanQuote } from "./clean-html.ts";
export { addressParts, type BodyLink, misleadingHost } from "./links.ts";
export { cleanText, escapeHtml } from "./plain-text.ts";

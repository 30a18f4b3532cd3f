export type { CleanBody, CleanOptions } from "./clean-body.ts";
export { cleanHtml } from "./clean-html.ts";
export { addressParts, type BodyLink, misleadingHost } from "./links.ts";
export { cleanText, escapeHtml } from "./plain-text.ts";

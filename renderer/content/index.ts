export type { CleanBody } from "./clean-body.ts";
export { cleanHtml, cleanQuote } from "./clean-html.ts";
export { addressParts, type BodyLink, misleadingHost } from "./links.ts";
export { cleanText } from "./plain-text.ts";

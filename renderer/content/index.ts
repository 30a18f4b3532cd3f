export type { CleanBody } from "./clean-body.ts";
export { cleanHtml, cleanQuote } from "./clean-html.ts";
export { addressParts, type BodyLink, misleadingHost } from "./links.ts";
export { type MailtoFields, paragraphs, readMailto } from "./mailto.ts";
export { cleanText } from "./plain-text.ts";

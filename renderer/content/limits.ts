/** Longest HTML body, in UTF-16 units, that is shown with its formatting. */
export const MAX_HTML_CHARS = 2_000_000;
/** Longest text that is shown at all; what follows is cut with a note. */
export const MAX_TEXT_CHARS = 1_000_000;
/** More elements than this make the frame slow to lay out; the mail is shown as text. */
export const MAX_ELEMENTS = 50_000;
/** Style sheets of one message together, in UTF-16 units. */
export const MAX_CSS_CHARS = 512_000;
/** Rules kept of one message's style sheets. */
export const MAX_CSS_RULES = 4_000;
/** Longest selector or single value that is kept. */
export const MAX_CSS_VALUE_CHARS = 2_000;
/** Longest address of a link or picture. */
export const MAX_URL_CHARS = 8_192;
/** One `data:` picture, and all of a message's together, in UTF-16 units of the address. */
export const MAX_DATA_PICTURE_CHARS = 2_000_000;
export const MAX_DATA_PICTURES_CHARS = 8_000_000;
/** Links remembered for the check of where they lead. */
export const MAX_LINKS = 2_000;
/** Text of a link that is remembered. */
export const MAX_LINK_TEXT_CHARS = 300;

import type { CleanBody, CleanOptions } from "./clean-body.ts";
import { createCssFilter, paintsBackground } from "./css.ts";
import { rewriteElements } from "./elements.ts";
import { foldQuotes } from "./fold-quotes.ts";
import { MAX_ELEMENTS, MAX_HTML_CHARS, MAX_TEXT_CHARS } from "./limits.ts";
import { inlinePictureAddress, pictureSource, remotePictureAddress } from "./pictures.ts";
import { cleanText } from "./plain-text.ts";
import { purify } from "./purify.ts";

/** Cleans an HTML body as received. Total: whatever the input, the result is safe to show. */
export function cleanHtml(html: string, options: CleanOptions): CleanBody {
  if (html.length > MAX_HTML_CHARS) return asText(html);
  const parsed = new DOMParser().parseFromString(html, "text/html");
  if (parsed.getElementsByTagName("*").length > MAX_ELEMENTS) return asText(html);
  const light = render(parsed, { ...options, dark: false });
  return options.dark && light.layout === "simple" ? render(parsed, options) : light;
}

/**
 * Cleans the original that an answer quotes, to be sent along: what is harmless stays, pictures keep their
 * addresses. The result is never put into a page as it is; to show it, clean it again with `cleanHtml`.
 */
export function cleanQuote(html: string): string {
  const quoted = cleanHtml(html, { messageId: 0, pictures: "keep", dark: false });
  return quoted.html.replace(/^<div>([\s\S]*)<\/div>$/, "$1");
}

function render(parsed: Document, options: CleanOptions): CleanBody {
  const backgrounds = new Set<string>();
  const filter = createCssFilter({
    dark: options.dark,
    picture: (url) => {
      const source = pictureSource(url);
      if (options.pictures === "keep") return null;
      if (source.kind === "inline") return inlinePictureAddress(options.messageId, source.contentId);
      if (source.kind !== "remote") return null;
      backgrounds.add(source.url);
      return options.pictures === "on" ? remotePictureAddress(options.messageId, source.url) : null;
    },
  });
  let css = "";
  for (const style of parsed.querySelectorAll("style")) {
    css += filter.sheet(style.textContent, style.getAttribute("media") ?? "");
  }
  const body = purify(parsed.body);
  const found = rewriteElements(body, filter, options);
  const wrapper = wrapBody(parsed.body, body);
  rewriteElements(wrapper, filter, options, "self");
  const links = found.links;
  if (options.pictures !== "keep" && options.unfolded !== true) foldQuotes(wrapper);
  return {
    html: wrapper.outerHTML,
    css,
    remotePictures: found.remotePictures + backgrounds.size,
    trackers: found.trackers,
    links,
    layout: isDesigned(wrapper, css, backgrounds.size) ? "designed" : "simple",
    note: null,
  };
}

/** The body's own looks go onto a wrapper, because the frame's body belongs to the frame. */
function wrapBody(original: HTMLElement, body: HTMLElement): HTMLElement {
  const wrapper = body.ownerDocument.createElement("div");
  for (const name of ["style", "bgcolor", "background", "dir", "lang", "class"]) {
    const value = original.getAttribute(name);
    if (value !== null) wrapper.setAttribute(name, value);
  }
  wrapper.append(...body.childNodes);
  return wrapper;
}

/** From this many pictures on, a mail was laid out and not written. */
const MANY_PICTURES = 3;

/** A mail is designed when most of it lies on a ground of its own; a coloured cell or a marked word is not that. */
function isDesigned(wrapper: HTMLElement, css: string, backgrounds: number): boolean {
  if (backgrounds > 0 || paintsBackground(css)) return true;
  if (wrapper.querySelectorAll("img, .bh-picture").length >= MANY_PICTURES) return true;
  const length = wrapper.textContent.length;
  // The grounds that count come early; looking at more would cost nested mails too much.
  const boxes = [wrapper, ...wrapper.querySelectorAll("[style*=background]")].slice(0, 200);
  return boxes.some(
    (box) => box.textContent.length * 2 > length && paintsBackground(box.getAttribute("style") ?? ""),
  );
}

function asText(html: string): CleanBody {
  const parsed = new DOMParser().parseFromString(html.slice(0, MAX_HTML_CHARS), "text/html");
  for (const element of parsed.querySelectorAll("script, style, title, template, noscript")) element.remove();
  // Not innerText: it would have to lay the document out.
  const text = parsed.body.textContent.replace(/[ \t]+/g, " ").replace(/(?:\s*\n){3,}/g, "\n\n");
  const clean = cleanText(text.slice(0, MAX_TEXT_CHARS));
  return { ...clean, note: "This message is too large to show with its formatting. Here is its text." };
}

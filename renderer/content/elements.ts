import type { CssFilter } from "./css.ts";
import { MAX_DATA_PICTURES_CHARS, MAX_LINK_TEXT_CHARS, MAX_LINKS } from "./limits.ts";
import { type BodyLink, linkTarget } from "./links.ts";
import {
  attributeLength,
  inlinePictureAddress,
  isTrackerSize,
  pictureSource,
  remotePictureAddress,
} from "./pictures.ts";

interface RewriteOptions {
  readonly messageId: number;
  readonly pictures: "off" | "on" | "keep";
}

/** What the walk found. */
interface Rewritten {
  readonly remotePictures: number;
  readonly trackers: number;
  readonly links: readonly BodyLink[];
}

/**
 * Rewrites pictures, links and looks of the elements under `root`, in place; with `scope` "self", only the
 * looks of `root`. After it no element has an address that was not checked or CSS that was not filtered.
 */
export function rewriteElements(
  root: HTMLElement,
  filter: CssFilter,
  options: RewriteOptions,
  scope: "children" | "self" = "children",
): Rewritten {
  const links: BodyLink[] = [];
  let remotePictures = 0;
  let trackers = 0;
  let dataCharsLeft = MAX_DATA_PICTURES_CHARS;

  function rewritePicture(img: HTMLElement): void {
    const source = pictureSource(img.getAttribute("src") ?? "");
    img.removeAttribute("src");
    if (source.kind === "inline" && options.pictures === "keep") {
      img.setAttribute("src", `cid:${encodeURIComponent(source.contentId)}`);
    } else if (source.kind === "inline") {
      img.setAttribute("src", inlinePictureAddress(options.messageId, source.contentId));
    } else if (source.kind === "data") {
      dataCharsLeft -= source.url.length;
      if (dataCharsLeft >= 0) img.setAttribute("src", source.url);
      else img.remove();
    } else if (source.kind === "none") {
      img.replaceWith(img.getAttribute("alt") ?? "");
    } else if (isTracker(img)) {
      trackers += 1;
      img.remove();
    } else {
      remotePictures += 1;
      if (options.pictures === "on") {
        img.setAttribute("src", remotePictureAddress(options.messageId, source.url));
      } else if (options.pictures === "keep") img.setAttribute("src", source.url);
      else img.replaceWith(placeholder(img));
    }
  }

  for (const element of scope === "self" ? [root] : [...root.querySelectorAll<HTMLElement>("*")]) {
    rewriteLooks(element, filter);
    const tag = element.localName;
    if (tag !== "img") element.removeAttribute("src");
    if (tag !== "a") element.removeAttribute("href");
    if (tag === "img") rewritePicture(element);
    if (tag === "a") {
      const link = rewriteLink(element);
      if (link !== null && links.length < MAX_LINKS) links.push(link);
    }
  }
  return { remotePictures, trackers, links };
}

/** Attribute looks become CSS, so that one filter sees them all and one theme adapts them all. */
function rewriteLooks(element: HTMLElement, filter: CssFilter): void {
  const background = element.getAttribute("background");
  const paper = element.getAttribute("bgcolor");
  const ink = element.getAttribute("color");
  const own = element.getAttribute("style");
  let css = "";
  if (background !== null) css += `background-image:url("${encodeURI(background.trim())}");`;
  if (own !== null) css += own;
  let style = css === "" ? "" : filter.inline(css);
  // The colours are adapted already and come first, so that the element's own style still wins over them.
  const paperColour = paper === null ? null : filter.colour(legacyColour(paper), "background");
  const inkColour = ink === null ? null : filter.colour(legacyColour(ink), "text");
  if (paperColour !== null) style = `background-color:${paperColour};${style}`;
  if (inkColour !== null) style = `color:${inkColour};${style}`;
  for (const name of ["background", "bgcolor", "color"]) element.removeAttribute(name);
  if (style === "") element.removeAttribute("style");
  else element.setAttribute("style", style);
}

/** HTML's colour attributes may leave out the hash. */
function legacyColour(value: string): string {
  const trimmed = value.trim();
  return /^[0-9a-f]{6}$/i.test(trimmed) ? `#${trimmed}` : trimmed;
}

function rewriteLink(anchor: HTMLElement): BodyLink | null {
  const target = linkTarget(anchor.getAttribute("href") ?? "");
  if (target === null) {
    anchor.removeAttribute("href");
    anchor.removeAttribute("title");
    return null;
  }
  anchor.setAttribute("href", target);
  if (target.startsWith("#")) return null;
  anchor.setAttribute("title", target);
  anchor.setAttribute("rel", "noopener noreferrer");
  return { href: target, text: anchor.textContent.slice(0, MAX_LINK_TEXT_CHARS).trim() };
}

function pictureSize(img: HTMLElement, side: "width" | "height"): string | null {
  return attributeLength(img.getAttribute(side)) ?? attributeLength(img.style.getPropertyValue(side));
}

function isTracker(img: HTMLElement): boolean {
  return isTrackerSize(pictureSize(img, "width"), pictureSize(img, "height"));
}

/** A neutral box that holds a picture's place and reads its alternative text. */
function placeholder(img: HTMLElement): HTMLElement {
  const box = img.ownerDocument.createElement("span");
  const alt = (img.getAttribute("alt") ?? "").trim();
  const width = pictureSize(img, "width");
  const height = pictureSize(img, "height");
  box.className = "bh-picture";
  box.setAttribute("role", "img");
  box.setAttribute("aria-label", alt === "" ? "Picture not loaded" : `Picture not loaded: ${alt}`);
  box.textContent = alt;
  const ratio = width?.endsWith("px") && height?.endsWith("px");
  const parts = [
    width === null ? "" : `width:${width};`,
    ratio
      ? `aspect-ratio:${width?.slice(0, -2)}/${height?.slice(0, -2)};`
      : height
        ? `height:${height};`
        : "",
  ];
  const style = parts.join("");
  if (style !== "") box.setAttribute("style", style);
  return box;
}

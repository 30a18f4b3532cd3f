import { type ColourUse, darkColour, isPaper, parseCanvasColour } from "./colour.ts";
import { escapeForStyleElement, filterDeclaration } from "./css-values.ts";
import { MAX_CSS_CHARS, MAX_CSS_RULES, MAX_CSS_VALUE_CHARS } from "./limits.ts";

/** What the filter asks of its user. */
interface CssContext {
  /** The address that stands for a picture named in CSS; null drops the declaration. */
  readonly picture: (url: string) => string | null;
  /** Adapt colours to a dark surface. */
  readonly dark: boolean;
}

/** Filters the CSS of one message. */
export interface CssFilter {
  /** A `style` attribute's text; empty when nothing of it is left. */
  inline(css: string): string;
  /** A style sheet's text. `media` is the element's attribute. */
  sheet(css: string, media: string): string;
  /** A colour attribute (`bgcolor`, `color`) as a value for CSS; null when it names no colour. */
  colour(value: string, use: ColourUse): string | null;
}

/** A filter for one message; its bounds on rules and length hold for all its sheets together. */
export function createCssFilter(context: CssContext): CssFilter {
  const scratch = new CSSStyleSheet();
  scratch.replaceSync("*{}");
  const probe = scratch.cssRules[0];
  if (!(probe instanceof CSSStyleRule)) throw new Error("The browser built no rule from an empty one");
  const readColour = createColourReader();
  let rulesLeft = MAX_CSS_RULES;
  let charsLeft = MAX_CSS_CHARS;

  function colour(value: string, use: ColourUse): string | null {
    const parsed = readColour(value);
    if (parsed === null) return null;
    return context.dark ? darkColour(parsed, use) : value;
  }

  function clean(style: CSSStyleDeclaration): string {
    for (const property of [...style]) {
      const value = style.getPropertyValue(property);
      const kept = filterDeclaration(property, value, context.picture);
      const use = colourUse(property);
      const adapted = kept !== null && use !== null && context.dark ? (colour(kept, use) ?? kept) : kept;
      if (adapted === null) style.removeProperty(property);
      else if (adapted !== value) style.setProperty(property, adapted, style.getPropertyPriority(property));
    }
    // A shorthand that holds var() has no longhands to read, so it is still there.
    const text = style.cssText;
    return /var\(|env\(|attr\(/i.test(text) ? "" : text;
  }

  function rules(list: CSSRuleList, depth: number): string {
    let out = "";
    for (const rule of list) {
      if (rulesLeft <= 0) break;
      if (rule instanceof CSSStyleRule) {
        rulesLeft -= 1;
        const selector = rule.selectorText;
        // :has() can make layout quadratic in the size of the mail.
        if (selector.length > MAX_CSS_VALUE_CHARS || /:has\(/i.test(selector)) continue;
        const text = clean(rule.style);
        if (text !== "") out += `${selector}{${text}}\n`;
      } else if (rule instanceof CSSMediaRule && depth < 3) {
        const inner = rules(rule.cssRules, depth + 1);
        if (inner !== "") out += `@media ${rule.media.mediaText}{${inner}}\n`;
      }
    }
    return out;
  }

  return {
    colour,
    inline(css) {
      if (css.length > MAX_CSS_CHARS) return "";
      probe.style.cssText = css;
      return clean(probe.style);
    },
    sheet(css, media) {
      if (css.length > charsLeft) return "";
      charsLeft -= css.length;
      const sheet = new CSSStyleSheet({ media });
      // A sheet wrapped in an HTML comment is how Outlook writes them; the CSS parser passes over the marks.
      sheet.replaceSync(css);
      const text = rules(sheet.cssRules, 0);
      const condition = sheet.media.mediaText;
      return escapeForStyleElement(condition === "" || text === "" ? text : `@media ${condition}{${text}}\n`);
    },
  };
}

/** Whether CSS text, already filtered, paints anything that is not plain paper. */
export function paintsBackground(css: string): boolean {
  if (/background-image:(?!\s*(?:none|initial))|background:[^;]*(?:url|gradient)\(/.test(css)) return true;
  const readColour = createColourReader();
  for (const match of css.matchAll(/background(?:-color)?:\s*([^;}!]+)/g)) {
    const colour = readColour((match[1] ?? "").trim());
    if (colour !== null && !isPaper(colour)) return true;
  }
  return false;
}

function colourUse(property: string): ColourUse | null {
  if (property === "color" || property === "text-decoration-color") return "text";
  if (property === "background-color") return "background";
  return /^(?:border|outline)-.*color$/.test(property) ? "border" : null;
}

/** Resolves any CSS colour to bytes by way of a canvas; null for what is no fixed colour. */
function createColourReader() {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d");
  return (value: string) => {
    if (canvas === null || /^(?:inherit|initial|unset|revert|currentcolor)$/i.test(value)) return null;
    // A value the canvas does not take leaves the old one standing, so two different ones tell.
    canvas.fillStyle = "#010203";
    canvas.fillStyle = value;
    const first = canvas.fillStyle;
    canvas.fillStyle = "#040506";
    canvas.fillStyle = value;
    return first === canvas.fillStyle && typeof first === "string" ? parseCanvasColour(first) : null;
  };
}

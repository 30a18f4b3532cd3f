import { MAX_CSS_VALUE_CHARS } from "./limits.ts";

/**
 * Properties a mail may set: how text, boxes, tables and simple grids look. Not on the list are those that
 * put things over other things, move, load, or write text of their own.
 */
const PROPERTIES =
  /^(?:color|opacity|visibility|direction|unicode-bidi|vertical-align|float|clear|display|position|box-sizing|table-layout|caption-side|empty-cells|border-collapse|border-spacing|white-space(?:-collapse)?|word-(?:break|spacing)|overflow(?:-x|-y|-wrap)?|line-height|letter-spacing|line-break|hyphens|tab-size|quotes|box-shadow|object-(?:fit|position)|aspect-ratio|background-(?:color|image|repeat|repeat-x|repeat-y|position|position-x|position-y|size|clip|origin)|(?:min-|max-)?(?:width|height)|font(?:-[a-z-]+)?|text-(?:align|align-last|decoration(?:-[a-z-]+)?|emphasis(?:-[a-z-]+)?|indent|overflow|shadow|transform|underline-offset|wrap(?:-mode|-style)?)|list-style-(?:type|position)|margin(?:-[a-z-]+)?|padding(?:-[a-z-]+)?|border-[a-z-]+|outline-(?:color|style|width|offset)|column-(?:gap|count|width)|row-gap|flex-(?:direction|wrap|grow|shrink|basis)|order|(?:align|justify)-(?:content|items|self)|grid-[a-z-]+)$/;

/** Functions that compute a value from the text in front of them, and fetch or read nothing. */
const FUNCTIONS =
  /^(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|color-mix|calc|min|max|clamp|(?:repeating-)?(?:linear|radial|conic)-gradient|repeat|minmax|fit-content)$/;

/** A part of a value: plain text, or an address that has to be replaced or refused. */
type ValuePart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "url"; readonly url: string };

/**
 * Checks one declaration as the browser wrote it back (escapes resolved, addresses quoted) and rewrites the
 * addresses in it. Null when the declaration has to go: an unknown property or function, a position that
 * leaves the flow, or an address `picture` has no replacement for.
 */
export function filterDeclaration(
  property: string,
  value: string,
  picture: (url: string) => string | null,
): string | null {
  if (!PROPERTIES.test(property) || property === "border-image-source") return null;
  if (value.length > MAX_CSS_VALUE_CHARS && !value.includes("data:")) return null;
  if (property === "position") return value === "relative" || value === "static" ? value : null;
  const parts = valueParts(value);
  if (parts === null) return null;
  let out = "";
  for (const part of parts) {
    if (part.kind === "text") {
      out += part.text;
      continue;
    }
    const address = property === "background-image" ? picture(part.url) : null;
    if (address === null) return null;
    out += `url("${address.replace(/["\\\n]/g, (c) => `\\${c.charCodeAt(0).toString(16)} `)}")`;
  }
  return out;
}

/** Splits a value at its `url("…")` tokens. Null for an escape outside a string or an unknown function. */
function valueParts(value: string): ValuePart[] | null {
  const parts: ValuePart[] = [];
  // Alternatives in order: a quoted address, a bare address, a string, a function's name, any other character.
  const token =
    /url\(\s*"((?:[^"\\]|\\.)*)"\s*\)|url\(([^)"'\\]*)\)|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|([a-z_-][a-z0-9_-]*)\(|[\s\S]/giy;
  let text = "";
  for (let match = token.exec(value); match !== null; match = token.exec(value)) {
    const [whole, quoted, bare, name] = match;
    const url = quoted ?? bare;
    if (url !== undefined) {
      parts.push({ kind: "text", text }, { kind: "url", url: unescapeCss(url) });
      text = "";
      continue;
    }
    if (name !== undefined && !FUNCTIONS.test(name.toLowerCase())) return null;
    if (whole === "\\" || whole === '"' || whole === "'") return null;
    text += whole;
  }
  parts.push({ kind: "text", text });
  return parts;
}

function unescapeCss(text: string): string {
  return text.replace(
    /\\(?:([0-9a-f]{1,6})\s?|([\s\S]))/gi,
    (_all, hex: string | undefined, char: string) => {
      if (hex === undefined) return char;
      const code = Number.parseInt(hex, 16);
      return code > 0x10ffff ? "\ufffd" : String.fromCodePoint(code);
    },
  );
}

/** Keeps generated CSS from ending the `<style>` element it is written into. */
export function escapeForStyleElement(css: string): string {
  return css.replace(/<(?=[/!?a-z])/gi, "\\3c ");
}

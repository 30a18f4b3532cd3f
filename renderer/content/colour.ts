/** A colour as sRGB bytes with an opacity of 0 to 1. */
interface Colour {
  readonly r: number;
  readonly g: number;
  readonly b: number;
  readonly a: number;
}

/** What a colour is used for; each is adapted in its own way. */
export type ColourUse = "text" | "background" | "border";

/** Reads `#rrggbb` or `rgba(r, g, b, a)`, the two forms a canvas writes a colour in; else null. */
export function parseCanvasColour(text: string): Colour | null {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text);
  if (hex !== null) {
    const byte = (index: number) => Number.parseInt(hex[index] ?? "0", 16);
    return { r: byte(1), g: byte(2), b: byte(3), a: 1 };
  }
  const rgba = /^rgba\((\d+), (\d+), (\d+), ([\d.]+)\)$/.exec(text);
  if (rgba === null) return null;
  const part = (index: number) => Number(rgba[index] ?? "0");
  return { r: part(1), g: part(2), b: part(3), a: part(4) };
}

/** Whether a background of this colour cannot be told from plain paper. */
export function isPaper(colour: Colour): boolean {
  return colour.a < 0.05 || Math.min(colour.r, colour.g, colour.b) >= 0xf2;
}

/**
 * The colour that plays the same part on a dark surface: the same hue with its lightness turned over, so that
 * black text becomes light and a pale highlight becomes a deep one. Text ends light enough to be read, unless
 * it was nearly white and so meant not to be seen; paper becomes see-through.
 */
export function darkColour(colour: Colour, use: ColourUse): string {
  if (use === "background" && isPaper(colour)) return "transparent";
  const { h, s, l } = toHsl(colour);
  const turned = 1 - l;
  const lightness =
    use === "text"
      ? l > 0.93
        ? turned
        : clamp(turned, 0.72, 0.9)
      : use === "background"
        ? clamp(turned, 0.12, 0.22)
        : clamp(turned, 0.28, 0.6);
  const saturation = use === "text" ? Math.min(s, 0.85) : Math.min(s, 0.6);
  const percent = (value: number) => `${Math.round(value * 100)}%`;
  return `hsla(${Math.round(h)}, ${percent(saturation)}, ${percent(lightness)}, ${colour.a})`;
}

function toHsl({ r, g, b }: Colour): { h: number; s: number; l: number } {
  const [red, green, blue] = [r / 255, g / 255, b / 255];
  const max = Math.max(red, green, blue);
  const min = Math.min(red, green, blue);
  const l = (max + min) / 2;
  const d = max - min;
  if (d === 0) return { h: 0, s: 0, l };
  const s = d / (1 - Math.abs(2 * l - 1));
  const sector =
    max === red ? ((green - blue) / d + 6) % 6 : max === green ? (blue - red) / d + 2 : (red - green) / d + 4;
  return { h: sector * 60, s, l };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(new URL("../../../../renderer/ui/tokens.css", import.meta.url), "utf8");

/** The colours of a theme by name, six hexadecimal digits each. */
function coloursOf(selector: string): Map<string, string> {
  const from = css.indexOf(`${selector} {`);
  const block = css.slice(from, css.indexOf("\n}", from));
  return new Map(
    [...block.matchAll(/--([\w-]+): #([0-9a-f]{6});/g)].map(([, name = "", hex = ""]) => [name, hex]),
  );
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [0, 2, 4].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast of two colours by WCAG 2.2, from 1 to 21. */
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const themes = { light: coloursOf(":root"), dark: coloursOf(':root[data-theme="dark"]') };
const SURFACES = ["surface-0", "surface-1", "surface-2", "surface-raised", "selected", "selected-quiet"];

describe.each(Object.entries(themes))("the %s theme", (_name, colours) => {
  const of = (name: string): string => {
    const hex = colours.get(name);
    if (hex === undefined) throw new Error(`no colour ${name}`);
    return hex;
  };

  it.each(SURFACES)("has body text of AAA contrast on %s", (surface) => {
    expect(contrast(of("text"), of(surface))).toBeGreaterThanOrEqual(7);
  });

  it.each(SURFACES)("has secondary text of AA contrast on %s", (surface) => {
    expect(contrast(of("text-2"), of(surface))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(["surface-0", "surface-1", "surface-2", "surface-raised"])(
    "has faint text of AA contrast on %s",
    (surface) => {
      expect(contrast(of("text-3"), of(surface))).toBeGreaterThanOrEqual(4.5);
      expect(contrast(of("accent-text"), of(surface))).toBeGreaterThanOrEqual(4.5);
    },
  );

  it.each([
    ["on-accent", "accent"],
    ["on-accent", "accent-hover"],
    ["on-red", "red"],
    ["text", "red-surface"],
    ["text", "amber-surface"],
    ["text", "green-surface"],
    ["text", "info-surface"],
    ["red", "surface-raised"],
    ["accent-text", "selected"],
  ])("has %s readable on %s", (text, surface) => {
    expect(contrast(of(text), of(surface))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(["ring", "line-strong"])("has a %s that can be seen on every surface", (name) => {
    for (const surface of ["surface-0", "surface-1", "surface-2", "surface-raised"]) {
      expect(contrast(of(name), of(surface))).toBeGreaterThanOrEqual(3);
    }
  });
});

describe("both themes", () => {
  it("have the same colours by name", () => {
    expect([...themes.dark.keys()].sort()).toEqual([...themes.light.keys()].sort());
  });
});

describe("colours", () => {
  it("of red, amber and green are seen on their own surface", () => {
    for (const colours of Object.values(themes)) {
      for (const name of ["red", "amber", "green"]) {
        const pair = [colours.get(name) ?? "", colours.get(`${name}-surface`) ?? ""] as const;
        expect(contrast(...pair)).toBeGreaterThanOrEqual(4.5);
      }
    }
  });
});

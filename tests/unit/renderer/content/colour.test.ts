import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { darkColour, isPaper, parseCanvasColour } from "../../../../renderer/content/colour.ts";

const rgb = (r: number, g: number, b: number, a = 1) => ({ r, g, b, a });
const lightness = (css: string) => Number(/(\d+)%, [\d.]+\)$/.exec(css)?.[1]);

describe("parseCanvasColour", () => {
  test("reads both forms", () => {
    expect(parseCanvasColour("#0a6378")).toEqual(rgb(10, 99, 120));
    expect(parseCanvasColour("rgba(1, 2, 3, 0.5)")).toEqual(rgb(1, 2, 3, 0.5));
  });
  test.each(["", "red", "#fff", "rgb(1 2 3)"])("refuses %s", (text) =>
    expect(parseCanvasColour(text)).toBeNull(),
  );
});

describe("isPaper", () => {
  test("white, nearly white and see-through", () => {
    expect(isPaper(rgb(255, 255, 255))).toBe(true);
    expect(isPaper(rgb(250, 250, 245))).toBe(true);
    expect(isPaper(rgb(0, 0, 0, 0))).toBe(true);
    expect(isPaper(rgb(255, 255, 0))).toBe(false);
    expect(isPaper(rgb(10, 99, 120))).toBe(false);
  });
});

describe("darkColour", () => {
  test("black text becomes light, white paper see-through", () => {
    expect(darkColour(rgb(0, 0, 0), "text")).toBe("hsla(0, 0%, 90%, 1)");
    expect(darkColour(rgb(255, 255, 255), "background")).toBe("transparent");
  });

  test("keeps the hue", () => {
    expect(darkColour(rgb(0, 0, 128), "text")).toMatch(/^hsla\(240, /);
    expect(darkColour(rgb(255, 255, 0), "background")).toMatch(/^hsla\(60, /);
    expect(darkColour(rgb(0, 128, 0), "text")).toMatch(/^hsla\(120, /);
  });

  test("white text that hides on white paper stays hidden", () => {
    expect(lightness(darkColour(rgb(255, 255, 255), "text"))).toBeLessThan(10);
  });

  test("any text is lighter than any background by far", () => {
    const byte = fc.integer({ min: 0, max: 255 });
    const colour = fc.record({ r: byte, g: byte, b: byte, a: fc.constant(1) });
    fc.assert(
      fc.property(colour, colour, (ink, paper) => {
        fc.pre(!isPaper(paper) && Math.max(ink.r, ink.g, ink.b) < 0xe6);
        const background = darkColour(paper, "background");
        expect(lightness(darkColour(ink, "text")) - lightness(background)).toBeGreaterThanOrEqual(40);
      }),
      { seed: 11, numRuns: 300 },
    );
  });
});

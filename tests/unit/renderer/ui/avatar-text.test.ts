import { describe, expect, it } from "vitest";
import { hueOf, initials } from "../../../../renderer/ui/avatar-text.ts";

describe("initials", () => {
  it.each([
    ["Ada Byron", "ada@example.org", "AB"],
    ["Ada King Byron", "", "AB"],
    ["ada", "", "A"],
    ["", "zoe@example.org", "Z"],
    ["", "", "?"],
    ["(IT) Service Desk", "", "ID"],
    ["Дмитрий Волков", "", "ДВ"],
    ["佐藤 美咲", "", "佐美"],
    ["𝒜da Byron", "", "𝒜B"],
    ["   ", " b@x ", "B"],
    ["!!!", "c@x", "C"],
  ])("of %j and %j are %j", (name, email, wanted) => {
    expect(initials(name, email)).toBe(wanted);
  });
});

describe("the hue of an address", () => {
  it("is the same whatever the case, and within the circle", () => {
    expect(hueOf("Ada@Example.org")).toBe(hueOf("ada@example.org"));
    for (const email of ["", "a", "ada@example.org", "x".repeat(300)]) {
      expect(hueOf(email)).toBeGreaterThanOrEqual(0);
      expect(hueOf(email)).toBeLessThan(360);
    }
  });

  it("tells people apart", () => {
    const hues = new Set(Array.from({ length: 50 }, (_, at) => hueOf(`person${at}@example.org`)));
    expect(hues.size).toBeGreaterThan(30);
  });
});

import { describe, expect, it } from "vitest";
import { createMemory } from "../../../../renderer/state/remembered.ts";
import { createTheme, type ThemeChoice } from "../../../../renderer/state/theme.ts";

function storageWith(content: string | null) {
  let stored = content;
  return {
    getItem: () => stored,
    setItem: (_key: string, value: string) => {
      stored = value;
    },
  };
}

describe("what a window remembers", () => {
  it("starts with sensible widths", () => {
    const values = createMemory(storageWith(null)).read();
    expect(values).toMatchObject({ theme: "system", foldersShown: true });
    expect(values.listWidth).toBeGreaterThan(280);
  });

  it("comes back after a change, part by part", () => {
    const storage = storageWith(null);
    createMemory(storage).change({ listWidth: 500 });
    createMemory(storage).change({ theme: "dark" });
    expect(createMemory(storage).read()).toMatchObject({ listWidth: 500, theme: "dark", foldersShown: true });
  });

  it.each(["{", "7", "null", '{"theme":"pink"}', '{"listWidth":-5}', '{"listWidth":1e9}', "[]"])(
    "is as new when %s was stored",
    (content) => {
      expect(createMemory(storageWith(content)).read()).toEqual(createMemory(storageWith(null)).read());
    },
  );
});

describe("the theme", () => {
  function setUp(dark: boolean, first: ThemeChoice) {
    const applied: string[] = [];
    let preference = dark;
    let changed = () => {};
    const theme = createTheme(
      {
        prefersDark: () => preference,
        onPreference: (listener) => {
          changed = listener;
        },
        apply: (name) => applied.push(name),
      },
      first,
    );
    const turn = (now: boolean) => {
      preference = now;
      changed();
    };
    return { theme, applied, turn };
  }

  it("follows the system until a person chooses, and again when they say so", () => {
    const { theme, applied, turn } = setUp(true, "system");
    turn(false);
    theme.choose("dark");
    turn(false);
    theme.choose("system");
    expect(applied).toEqual(["dark", "light", "dark", "dark", "light"]);
  });

  it("is right from the first moment when it was chosen before", () => {
    expect(setUp(true, "light").applied).toEqual(["light"]);
  });
});

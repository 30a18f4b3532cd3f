import { describe, expect, it } from "vitest";
import { COMMANDS, type KeyPress } from "../../../../renderer/state/commands.ts";
import { commandAt, type Focus } from "../../../../renderer/state/key-rules.ts";

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});
const ctrl = { ctrlKey: true };
const FOCUSES: readonly Focus[] = ["own", "text", "list", "frame", "elsewhere"];

describe("a key means its command", () => {
  it.each([
    ["j", {}, "next", ["list", "frame", "elsewhere"]],
    ["r", {}, "reply", ["list", "frame", "elsewhere"]],
    ["#", { shiftKey: true }, "remove", ["list", "frame", "elsewhere"]],
    ["Delete", {}, "remove", ["list", "frame", "elsewhere"]],
    ["Backspace", {}, "remove", ["list"]],
    ["ArrowDown", {}, "next", ["list"]],
    ["ArrowUp", {}, "previous", ["list"]],
    ["Home", {}, "first", ["list"]],
    ["End", {}, "last", ["list"]],
    ["Enter", {}, "open", ["list"]],
    ["o", {}, "open", ["list", "frame", "elsewhere"]],
    ["Escape", {}, "close", ["list", "frame", "elsewhere"]],
    ["n", ctrl, "compose", ["text", "list", "frame", "elsewhere"]],
    ["k", ctrl, "palette", ["text", "list", "frame", "elsewhere"]],
    ["f", ctrl, "search", ["text", "list", "frame", "elsewhere"]],
    ["z", ctrl, "undo", ["list", "frame", "elsewhere"]],
    ["a", ctrl, "select-all", ["list", "elsewhere"]],
  ] as const)("%s with %j is %s in %j only", (key, held, id, where) => {
    const found = FOCUSES.filter((focus) => commandAt(focus, press(key, held), false) === id);
    expect(found).toEqual(FOCUSES.filter((focus) => (where as readonly Focus[]).includes(focus)));
  });

  it("never where a widget keeps its keys", () => {
    for (const { keys } of COMMANDS) {
      for (const combination of keys) {
        const mod = combination.startsWith("Mod+");
        const key = mod ? combination.slice(4) : combination;
        expect(commandAt("own", press(key, mod ? ctrl : {}), false)).toBeNull();
      }
    }
  });

  it.each([
    " ",
    "PageUp",
    "PageDown",
    "Home",
    "End",
    "ArrowUp",
    "ArrowDown",
    "ArrowLeft",
    "ArrowRight",
    "Tab",
  ])("%j stays with the message frame", (key) => {
    expect(commandAt("frame", press(key), false)).toBeNull();
  });

  it("lets the frame copy and select", () => {
    for (const key of ["a", "c"]) {
      expect(commandAt("frame", press(key, ctrl), false)).toBeNull();
      expect(commandAt("frame", press(key, { metaKey: true }), true)).toBeNull();
    }
  });

  it("with Cmd on a Mac, where Ctrl means nothing", () => {
    expect(commandAt("text", press("n", { metaKey: true }), true)).toBe("compose");
    expect(commandAt("list", press("n", ctrl), true)).toBeNull();
  });
});

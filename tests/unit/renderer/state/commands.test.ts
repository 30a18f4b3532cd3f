import { describe, expect, it } from "vitest";
import {
  COMMANDS,
  commandOf,
  type KeyPress,
  keysOf,
  writeKeys,
} from "../../../../renderer/state/commands.ts";

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe("commands", () => {
  it("have ids, titles and keys that belong to one command only", () => {
    const keys = COMMANDS.flatMap((command) => [...command.keys]);
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(COMMANDS.map(({ id }) => id)).size).toBe(COMMANDS.length);
    expect(new Set(COMMANDS.map(({ title }) => title)).size).toBe(COMMANDS.length);
  });

  it.each([
    ["j", {}, "next"],
    ["J", {}, "next"],
    ["ArrowUp", {}, "previous"],
    ["Enter", {}, "open"],
    ["#", { shiftKey: true }, "remove"],
    ["?", { shiftKey: true }, "keys"],
    ["/", {}, "search"],
    ["n", { ctrlKey: true }, "compose"],
    ["Enter", { ctrlKey: true }, "send"],
    ["z", { ctrlKey: true }, "undo"],
    ["z", {}, "undo"],
  ] as const)("%s with %j means %s", (key, held, id) => {
    expect(commandOf(press(key, held), false)).toBe(id);
  });

  it.each([
    ["r", { ctrlKey: true }],
    ["r", { altKey: true }],
    ["r", { metaKey: true }],
    ["J", { shiftKey: true }],
    ["Delete", { shiftKey: true }],
    ["q", {}],
    ["Dead", {}],
    ["", {}],
  ] as const)("%s with %j means nothing", (key, held) => {
    expect(commandOf(press(key, held), false)).toBeNull();
  });

  it("uses Cmd on a Mac, where Ctrl means nothing", () => {
    expect(commandOf(press("n", { metaKey: true }), true)).toBe("compose");
    expect(commandOf(press("n", { ctrlKey: true }), true)).toBeNull();
  });

  it("every key of the table is found again by a press", () => {
    for (const command of COMMANDS) {
      for (const keys of command.keys) {
        const ctrlKey = keys.startsWith("Mod+");
        expect(commandOf(press(ctrlKey ? keys.slice(4) : keys, { ctrlKey }), false)).toBe(command.id);
      }
    }
  });

  it("are written as they stand on the keyboard", () => {
    expect(writeKeys("Mod+Enter", false)).toBe("Ctrl+Enter");
    expect(writeKeys("Mod+Enter", true)).toBe("⌘+Enter");
    expect(writeKeys("ArrowDown", false)).toBe("↓");
    expect(keysOf("remove", false)).toBe("Del");
  });
});

/** Where a command makes sense. */
export type When = "always" | "mail" | "selection" | "list" | "composer";

export interface Command {
  readonly id: string;
  readonly title: string;
  readonly group: "Go" | "Read" | "Write" | "Sort" | "App";
  /** Keys that start it: the first is the one that is shown. `Mod` is Ctrl, on a Mac Cmd. */
  readonly keys: readonly string[];
  readonly when: When;
}

/** Every command of the window: keys, menus and the list of keys are derived from this table. */
export const COMMANDS = [
  { id: "next", title: "Next message", group: "Go", keys: ["J", "ArrowDown"], when: "list" },
  { id: "previous", title: "Previous message", group: "Go", keys: ["K", "ArrowUp"], when: "list" },
  { id: "first", title: "First message", group: "Go", keys: ["Home"], when: "list" },
  { id: "last", title: "Last message", group: "Go", keys: ["End"], when: "list" },
  { id: "open", title: "Open message", group: "Go", keys: ["Enter", "O"], when: "selection" },
  { id: "close", title: "Close message, clear search", group: "Go", keys: ["Escape"], when: "mail" },
  { id: "search", title: "Search this folder", group: "Go", keys: ["/", "Mod+F"], when: "mail" },
  { id: "select-all", title: "Select all", group: "Sort", keys: ["Mod+A"], when: "list" },
  { id: "reply", title: "Reply", group: "Write", keys: ["R"], when: "selection" },
  { id: "reply-all", title: "Reply all", group: "Write", keys: ["A"], when: "selection" },
  { id: "forward", title: "Forward", group: "Write", keys: ["F"], when: "selection" },
  { id: "compose", title: "New message", group: "Write", keys: ["Mod+N", "C"], when: "mail" },
  { id: "send", title: "Send", group: "Write", keys: ["Mod+Enter"], when: "composer" },
  { id: "remove", title: "Delete", group: "Sort", keys: ["Delete", "#", "Backspace"], when: "selection" },
  { id: "move", title: "Move to folder", group: "Sort", keys: ["V"], when: "selection" },
  { id: "toggle-read", title: "Mark read or unread", group: "Read", keys: ["U"], when: "selection" },
  { id: "toggle-flag", title: "Flag or clear flag", group: "Read", keys: ["S"], when: "selection" },
  { id: "undo", title: "Undo", group: "Sort", keys: ["Z", "Mod+Z"], when: "mail" },
  { id: "palette", title: "Commands and folders", group: "Go", keys: ["Mod+K"], when: "mail" },
  { id: "sync", title: "Check for mail", group: "App", keys: ["F9"], when: "mail" },
  { id: "toggle-folders", title: "Show or hide folders", group: "App", keys: ["Mod+B"], when: "mail" },
  { id: "settings", title: "Settings", group: "App", keys: ["Mod+,"], when: "always" },
  { id: "keys", title: "List of keys", group: "App", keys: ["?"], when: "always" },
] as const satisfies readonly Command[];

export type CommandId = (typeof COMMANDS)[number]["id"];

/** The part of a keyboard event that decides which command it means. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** Which command a key press means, if any. `mac` makes `Mod` mean Cmd. */
export function commandOf(press: KeyPress, mac: boolean): CommandId | null {
  if (press.altKey) return null;
  const mod = mac ? press.metaKey : press.ctrlKey;
  if ((mac ? press.ctrlKey : press.metaKey) === true) return null;
  const key = press.key.length === 1 ? press.key.toUpperCase() : press.key;
  const letter = key.length === 1 && key !== key.toLowerCase();
  // Shift is part of how `?` and `#` are typed, but Shift with a letter or a named key means something else.
  if (press.shiftKey && (letter || key.length > 1)) return null;
  const wanted = mod ? `Mod+${key}` : key;
  return COMMANDS.find((command) => command.keys.some((keys) => keys === wanted))?.id ?? null;
}

const NAMES: Readonly<Record<string, string>> = {
  ArrowDown: "↓",
  ArrowUp: "↑",
  Escape: "Esc",
  Delete: "Del",
};

/** Keys as a person reads them: `Mod+Enter` becomes `Ctrl+Enter`. */
export function writeKeys(keys: string, mac: boolean): string {
  return keys
    .split(/(?<=.)\+(?=.)/)
    .map((key) => (key === "Mod" ? (mac ? "⌘" : "Ctrl") : (NAMES[key] ?? key)))
    .join("+");
}

/** The keys that tooltips and menus show for a command. */
export function keysOf(id: CommandId, mac: boolean): string {
  const command = COMMANDS.find((candidate) => candidate.id === id);
  return command === undefined ? "" : writeKeys(command.keys[0], mac);
}

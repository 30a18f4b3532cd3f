import { type CommandId, commandOf, type KeyPress } from "./commands.ts";

/**
 * Where a key was pressed. `own`: a dialog, a menu, the composer, which keep their keys; `frame`: the message
 * frame, which scrolls and selects by itself and whose keys main tells us of.
 */
export type Focus = "own" | "text" | "list" | "frame" | "elsewhere";

/** Keys that a focused widget, or the message frame, uses itself: they only mean a command in the list. */
const WIDGET_KEYS: ReadonlySet<string> = new Set([
  "ArrowDown",
  "ArrowUp",
  "Home",
  "End",
  "Enter",
  "Backspace",
]);
/** What has a meaning of its own where there is text to write or to select. */
const TEXT_COMMANDS: ReadonlySet<CommandId> = new Set(["select-all", "undo"]);

/** The command that a key means where it was pressed, if any. */
export function commandAt(focus: Focus, press: KeyPress, mac: boolean): CommandId | null {
  if (focus === "own") return null;
  const id = commandOf(press, mac);
  if (id === null) return null;
  if (focus === "text" && (!(press.ctrlKey || press.metaKey) || TEXT_COMMANDS.has(id))) return null;
  if (focus === "frame" && id === "select-all") return null;
  return WIDGET_KEYS.has(press.key) && focus !== "list" ? null : id;
}

import { useEffect, useRef } from "react";
import { COMMANDS, type CommandId, commandOf } from "../state/commands.ts";
import { useAppState } from "../state/context.tsx";

export type CommandHandlers = Partial<Record<CommandId, () => void>>;

/** Widgets that need their own keys: the commands keep out of them. */
const OWN_KEYS = "[role=dialog], [role=alertdialog], [role=menu], [role=listbox], [data-own-keys]";
const TEXT = "input, textarea, [contenteditable=true], [contenteditable='']";
/** Keys that a focused widget uses itself, so that they only mean a command in the list or nowhere. */
const WIDGET_KEYS = new Set(["ArrowDown", "ArrowUp", "Home", "End", "Enter", "Backspace"]);

/** Carries out commands: from keys, and from the application's menu. */
export function useCommands(handlers: CommandHandlers, mac: boolean): void {
  const { bridge } = useAppState();
  const current = useRef(handlers);
  current.current = handlers;

  useEffect(() => {
    const down = (event: KeyboardEvent) => {
      const target = event.target instanceof Element ? event.target : null;
      if (event.defaultPrevented || event.isComposing || target?.closest(OWN_KEYS) != null) return;
      const id = commandOf(event, mac);
      if (id === null) return;
      if (target?.closest(TEXT) != null && !(event.ctrlKey || event.metaKey)) return;
      if (target?.closest(TEXT) != null && (id === "select-all" || id === "undo")) return;
      const inList = target === document.body || target?.closest("[data-focus-target=list]") != null;
      if (WIDGET_KEYS.has(event.key) && !inList) return;
      const run = current.current[id];
      if (run === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      run();
    };
    // Before the widgets, because a tree would take letters for its type-ahead.
    window.addEventListener("keydown", down, { capture: true });
    return () => window.removeEventListener("keydown", down, { capture: true });
  }, [mac]);

  useEffect(
    () =>
      bridge.on("app.command", ({ id }) => {
        const command = COMMANDS.find((known) => known.id === id);
        if (command !== undefined) current.current[command.id]?.();
      }),
    [bridge],
  );
}

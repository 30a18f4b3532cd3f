import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from "react";
import { type CommandBus, type CommandHandlers, createCommandBus } from "../state/command-bus.ts";
import { COMMANDS } from "../state/commands.ts";
import { useAppState } from "../state/context.tsx";
import { commandAt, type Focus } from "../state/key-rules.ts";

/** Widgets that need their own keys: the commands keep out of them. */
const OWN_KEYS = "[role=dialog], [role=alertdialog], [role=menu], [role=listbox], [data-own-keys]";
const TEXT = "input, textarea, [contenteditable=true], [contenteditable='']";
const LIST = "[data-focus-target=list]";

const CommandsContext = createContext<CommandBus | null>(null);

export function useCommandBus(): CommandBus {
  const bus = useContext(CommandsContext);
  if (bus === null) throw new Error("useCommandBus outside of CommandsProvider");
  return bus;
}

/** Carries out these commands while the component is shown. */
export function useCommands(handlers: CommandHandlers): void {
  const bus = useCommandBus();
  const current = useRef(handlers);
  current.current = handlers;
  useEffect(() => bus.register(() => current.current), [bus]);
}

/** Runs commands from keys, also from those pressed in the message frame, and from the application's menu. */
export function CommandsProvider({ mac, children }: { mac: boolean; children: ReactNode }) {
  const { bridge } = useAppState();
  const [bus] = useState(createCommandBus);

  useEffect(() => {
    const down = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const id = commandAt(focusAt(event.target instanceof Element ? event.target : null), event, mac);
      if (id === null || !bus.run(id)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    // Before the widgets, because a tree would take letters for its type-ahead.
    window.addEventListener("keydown", down, { capture: true });
    return () => window.removeEventListener("keydown", down, { capture: true });
  }, [bus, mac]);

  useEffect(
    () =>
      bridge.on("app.frameKey", (press) => {
        // A quoted message in the composer is in a frame, too.
        if (document.activeElement?.closest(OWN_KEYS) != null) return;
        if (press.key === "Escape") document.querySelector<HTMLElement>(LIST)?.focus();
        else {
          const id = commandAt("frame", press, mac);
          if (id !== null) bus.run(id);
        }
      }),
    [bridge, bus, mac],
  );

  useEffect(
    () =>
      bridge.on("app.command", ({ id }) => {
        const command = COMMANDS.find((known) => known.id === id);
        if (command !== undefined) bus.run(command.id);
      }),
    [bridge, bus],
  );
  return <CommandsContext value={bus}>{children}</CommandsContext>;
}

function focusAt(target: Element | null): Focus {
  if (target?.closest(OWN_KEYS) != null) return "own";
  if (target?.closest(TEXT) != null) return "text";
  return target === null || target === document.body || target.closest(LIST) !== null ? "list" : "elsewhere";
}

import type { CommandId } from "./commands.ts";

export type CommandHandlers = Partial<Record<CommandId, () => void>>;

/** Who carries out which command now. Keys, menus and the palette all run commands through it. */
export interface CommandBus {
  /** Adds handlers until the returned function is called; they are looked up anew for every command. */
  register(handlers: () => CommandHandlers): () => void;
  can(id: CommandId): boolean;
  /** False when nobody can do it now. */
  run(id: CommandId): boolean;
}

/** What was registered last is asked first. */
export function createCommandBus(): CommandBus {
  const registered = new Set<() => CommandHandlers>();
  const find = (id: CommandId) =>
    [...registered]
      .reverse()
      .map((handlers) => handlers()[id])
      .find((run) => run !== undefined);
  return {
    register(handlers) {
      registered.add(handlers);
      return () => {
        registered.delete(handlers);
      };
    },
    can: (id) => find(id) !== undefined,
    run(id) {
      const run = find(id);
      run?.();
      return run !== undefined;
    },
  };
}

import * as v from "valibot";
import type { Contract, EventNames, EventOut } from "../../shared/contract/define.ts";

/** The events of a contract by their wire name, with what they carry. */
export type EventMap<C extends Contract> = {
  [G in keyof C & string as `${G}.${EventNames<C[G]> & string}`]: EventOut<C[G][EventNames<C[G]>]>;
};

/** One event's payload, found by its wire name. */
export type PayloadOf<C extends Contract, Name extends string> = Name extends `${infer G}.${infer N}`
  ? G extends keyof C
    ? N extends keyof C[G]
      ? EventOut<C[G][N]>
      : never
    : never
  : never;

const WireEventSchema = v.object({ event: v.string(), payload: v.unknown() });

export interface EventHub<C extends Contract> {
  /** Listens to one event until the returned function is called. */
  on<Name extends keyof EventMap<C> & string>(
    name: Name,
    listener: (payload: PayloadOf<C, Name>) => void,
  ): () => void;
  /** Whether this is an event of this contract, by its name alone. */
  owns(data: unknown): boolean;
  /** Takes anything that came in; true when it was an event of this contract and fitted its schema. */
  deliver(data: unknown): boolean;
}

export function createEventHub<C extends Contract>(contract: C): EventHub<C> {
  const listeners = new Map<string, Set<(payload: never) => void>>();
  const find = (data: unknown) => {
    const frame = v.safeParse(WireEventSchema, data);
    if (!frame.success) return null;
    const [groupName = "", name = ""] = frame.output.event.split(".");
    const group = Object.hasOwn(contract, groupName) ? contract[groupName] : undefined;
    const entry = group !== undefined && Object.hasOwn(group, name) ? group[name] : undefined;
    return entry?.kind === "event" ? { entry, ...frame.output } : null;
  };
  return {
    on(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set);
      set.add(listener);
      return () => {
        set.delete(listener);
      };
    },
    owns: (data) => find(data) !== null,
    deliver(data) {
      const found = find(data);
      if (found === null) return false;
      const payload = v.safeParse(found.entry.out, found.payload);
      if (!payload.success) return false;
      // Parsed with the schema that `on` takes the listener's type from.
      for (const listener of listeners.get(found.event) ?? []) listener(payload.output as never);
      return true;
    },
  };
}

import type { RemoteMailbox } from "../../../electron/ports/remote.ts";
import type { SyncStore } from "../../../electron/ports/sync-store.ts";
import type { World } from "./world.ts";

const WRITES: ReadonlySet<PropertyKey> = new Set([
  "commitFolders",
  "resetFolders",
  "commitCollection",
  "resetCollection",
  "settleIntents",
  "outboxSending",
  "outboxSent",
  "outboxFailed",
  "commitBody",
  "bodyFailed",
]);

export interface Life {
  readonly store: SyncStore;
  readonly mailbox: RemoteMailbox;
  kill(): void;
  /** Dies at the write after `writes` more writes: just before it, or just after. */
  killAfter(writes: number, before: boolean): void;
}

/**
 * The world's store and server as one process sees them. Once killed, nothing it does reaches the store, nothing
 * new leaves, and no answer arrives: what kill -9 does.
 */
export function killable(world: World): Life {
  let dead = false;
  let left = Number.POSITIVE_INFINITY;
  let beforeWrite = true;
  const die = () => {
    dead = true;
    throw new Error("killed");
  };
  const store = new Proxy<SyncStore>(world.store, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      return (...args: readonly unknown[]): unknown => {
        if (name === "onWork") {
          const [listener] = args;
          return target.onWork(() => {
            if (!dead && typeof listener === "function") listener();
          });
        }
        if (dead) throw new Error("killed");
        if (!WRITES.has(name)) return Reflect.apply(member, target, args);
        left -= 1;
        if (left < 0 && beforeWrite) die();
        const result: unknown = Reflect.apply(member, target, args);
        if (left < 0) die();
        return result;
      };
    },
  });
  const mailbox = new Proxy<RemoteMailbox>(world.server, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      return (...args: readonly unknown[]): unknown => {
        const never = new Promise<never>(() => undefined);
        if (dead) return never;
        const answer: unknown = Reflect.apply(member, target, args);
        return Promise.resolve(answer).then((value: unknown) => (dead ? never : value));
      };
    },
  });
  return {
    store,
    mailbox,
    kill() {
      dead = true;
    },
    killAfter(writes, before) {
      left = writes;
      beforeWrite = before;
    },
  };
}

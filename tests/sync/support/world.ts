import type { RemoteFault, RemoteMailbox } from "../../../electron/ports/remote.ts";
import type { SyncStore } from "../../../electron/ports/sync-store.ts";
import { type AccountSync, createAccountSync } from "../../../electron/sync/account-sync.ts";
import type { SyncSettings } from "../../../electron/sync/machine/work.ts";
import type { SyncStatus } from "../../../shared/model/account.ts";
import { FakeClock, seededRandom } from "./fake-clock.ts";
import { type Command, ModelServer, type Play } from "./model-server.ts";
import { ModelStore } from "./model-store.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export interface World {
  readonly clock: FakeClock;
  readonly server: ModelServer;
  readonly store: ModelStore;
  readonly statuses: SyncStatus[];
  readonly logs: string[];
  readonly heartbeats: number[];
  sync: AccountSync;
  /** Starts an engine on the same store and server, as after a restart of the app. */
  restart(parts?: { store?: SyncStore; mailbox?: RemoteMailbox }): void;
  status(): SyncStatus;
  /** Time passes until client and server agree and nothing is waiting. */
  inStep(ms?: number): Promise<boolean>;
}

export function makeWorld(options: { seed?: number; settings?: Partial<SyncSettings> } = {}): World {
  const clock = new FakeClock();
  const server = new ModelServer(clock);
  const store = new ModelStore();
  const statuses: SyncStatus[] = [];
  const logs: string[] = [];
  const heartbeats: number[] = [];
  let generation = 0;
  const make = (parts: { store?: SyncStore; mailbox?: RemoteMailbox } = {}) => {
    generation += 1;
    return createAccountSync({
      mailbox: parts.mailbox ?? server,
      store: parts.store ?? store,
      clock,
      random: seededRandom((options.seed ?? 1) + generation),
      log: (level, event) => logs.push(`${level} ${event}`),
      onStatus: (status) => statuses.push(status),
      onHeartbeat: (seconds) => heartbeats.push(seconds),
      ...(options.settings === undefined ? {} : { settings: options.settings }),
    });
  };
  const world: World = {
    clock,
    server,
    store,
    statuses,
    logs,
    heartbeats,
    sync: make(),
    restart(parts) {
      world.sync = make(parts);
      world.sync.start();
    },
    status() {
      const last = statuses.at(-1);
      if (last === undefined) throw new Error("no status yet");
      return last;
    },
    async inStep(ms = 10 * MINUTE) {
      return clock.passUntil(() => agree(world), ms);
    },
  };
  return world;
}

export function serverPicture(server: ModelServer): ReturnType<ModelStore["picture"]> {
  const folders = [...server.mailboxes].map(([id, items]) => {
    const rows = [...items].map(
      ([serverId, { subject, read, flagged }]) => [serverId, { subject, read, flagged }] as const,
    );
    return [id, Object.fromEntries(rows)] as const;
  });
  return Object.fromEntries(folders);
}

function agree({ store, server }: World): boolean {
  const { actions, outbox } = store.pendingCount();
  if (actions > 0 || outbox > 0 || store.bodiesWanted(1).length > 0) return false;
  const ours = store.picture();
  const theirs = serverPicture(server);
  const names = Object.keys(theirs);
  if (names.length !== Object.keys(ours).length) return false;
  return names.every((name) => {
    const a = ours[name] ?? {};
    const b = theirs[name] ?? {};
    const ids = Object.keys(b);
    return (
      ids.length === Object.keys(a).length &&
      ids.every(
        (id) => a[id]?.read === b[id]?.read && a[id]?.flagged === b[id]?.flagged && a[id] !== undefined,
      )
    );
  });
}

/** Inbox, Sent, Trash and one more folder with `count` messages in the inbox. */
export function furnish(server: ModelServer, count: number): void {
  server.addFolder("inbox", "inbox");
  server.addFolder("sent", "sent");
  server.addFolder("trash", "trash");
  server.addFolder("work", "user");
  for (let index = 0; index < count; index += 1) server.deliver("inbox", `mail ${index}`);
}

/** Plays `plays` on the next requests of one command, one each. */
export function playNext(server: ModelServer, command: Command, plays: readonly Play[]): void {
  const waiting = [...plays];
  server.plan = (asked) => (asked === command ? (waiting.shift() ?? null) : null);
}

export const CUT: RemoteFault = { kind: "cut", detail: "test" };
export const OFFLINE: RemoteFault = { kind: "offline", detail: "test" };
export const SIGN_IN: RemoteFault = { kind: "sign-in", detail: "test" };
export const GARBAGE: RemoteFault = { kind: "garbage", detail: "test" };
export const busy = (seconds: number | null): RemoteFault => ({
  kind: "busy",
  detail: "test",
  retryAfterMs: seconds === null ? null : seconds * 1000,
});

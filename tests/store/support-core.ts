import * as v from "valibot";
import type { Clock } from "../../electron/ports/basics.ts";
import type { CollectionClass, RemoteFolder, RemoteMessage } from "../../electron/ports/remote.ts";
import type { SyncStore } from "../../electron/ports/sync-store.ts";
import type { Store } from "../../electron/store/api.ts";
import { openStore } from "../../electron/store/open.ts";
import type { AccountId } from "../../shared/model/ids.ts";
import { AccountIdSchema } from "../../shared/model/ids.ts";
import type { FolderRole } from "../../shared/model/mail.ts";

export const KEY = new Uint8Array(32).fill(7);
export const ACCOUNT: AccountId = v.parse(AccountIdSchema, "11111111-1111-4111-8111-111111111111");
export const OTHER: AccountId = v.parse(AccountIdSchema, "22222222-2222-4222-8222-222222222222");
export const START = Date.UTC(2026, 10, 1);

/** A clock that stands until it is moved. */
export interface ManualClock extends Clock {
  advance(ms: number): void;
}

export function manualClock(): ManualClock {
  let now = START;
  let timers: { at: number; task: () => void }[] = [];
  return {
    now: () => now,
    after(ms, task) {
      const timer = { at: now + ms, task };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    advance(ms) {
      now += ms;
      const due = timers.filter((timer) => timer.at <= now);
      timers = timers.filter((timer) => timer.at > now);
      for (const timer of due) timer.task();
    },
  };
}

function plainText(html: string): string {
  return html.replace(/<[^>]*>/g, " ");
}

export function open(path: string, clock: Clock = manualClock(), key: Uint8Array = KEY) {
  return openStore({ path, keys: { databaseKey: () => key }, clock, log: () => {}, indexText: plainText });
}

export function mustOpen(path: string, clock: Clock = manualClock()): Store {
  const opened = open(path, clock);
  if (!opened.ok) throw new Error(`${opened.error.kind}: ${opened.error.message}`);
  return opened.value;
}

export function addAccount(store: Store, id: AccountId = ACCOUNT, address = "anna@example.com"): SyncStore {
  store.accounts.create(
    { id, address, displayName: "Anna", userName: "anna", server: "mail.example.com" },
    { url: "https://mail.example.com/", protocolVersion: null, policyKey: "0", deviceId: "device1" },
  );
  return store.syncStore(id);
}

export function folder(
  serverId: string,
  role: FolderRole,
  more: { parentId?: string; class?: CollectionClass; name?: string } = {},
): RemoteFolder {
  return {
    serverId,
    role,
    parentId: more.parentId ?? "0",
    name: more.name ?? role,
    class: more.class ?? "mail",
  };
}

export const FOLDERS = [
  folder("in", "inbox"),
  folder("dr", "drafts"),
  folder("se", "sent"),
  folder("tr", "trash"),
  folder("pr", "user", { name: "Projects", parentId: "in" }),
];

let fixtures = 0;

/** A message as a server tells it; `n` makes it differ from the others. */
/** A message that cannot be written to its end: whatever stores it fails in the middle of its transaction. */
export function breaking(serverId: string): RemoteMessage {
  return Object.defineProperty(mail(serverId), "to", {
    get(): never {
      throw new Error("broken in the middle");
    },
  });
}

export function mail(serverId: string, more: Partial<RemoteMessage> = {}): RemoteMessage {
  fixtures += 1;
  return {
    serverId,
    subject: `Subject ${serverId}`,
    from: [{ name: "Bob Builder", email: "bob@example.com" }],
    to: [{ name: "Anna", email: "anna@example.com" }],
    cc: [],
    date: START - fixtures * 60_000,
    read: false,
    flagged: false,
    body: { kind: "html", data: `<p>Body of ${serverId}</p>`, truncated: false, size: 20 },
    attachments: [],
    ...more,
  };
}

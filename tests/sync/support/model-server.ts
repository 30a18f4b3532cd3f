import type { Clock } from "../../../electron/ports/basics.ts";
import type {
  CollectionAnswer,
  CollectionRequest,
  FolderDelta,
  MoveRequest,
  MoveVerdict,
  OutgoingMessage,
  PingAnswer,
  RemoteBody,
  RemoteFault,
  RemoteFolder,
  RemoteMailbox,
  RemoteMessage,
  SessionState,
} from "../../../electron/ports/remote.ts";
import type { Result } from "../../../shared/base/result.ts";
import { err, ok } from "../../../shared/base/result.ts";

export interface Item {
  subject: string;
  read: boolean;
  flagged: boolean;
  version: number;
}

interface KeyState {
  readonly key: string;
  /** What the client knows under this key: item id to version. */
  readonly known: ReadonlyMap<string, number>;
}

interface SyncState {
  current: KeyState;
  previous: KeyState | null;
  lastAnswer: CollectionAnswer | null;
}

export type Command = "connect" | "folders" | "sync" | "estimate" | "body" | "send" | "move" | "ping";

/** What goes wrong with one request: before the server acts, or after (its answer is lost or replaced). */
export interface Play {
  readonly when: "before" | "after";
  readonly fault: RemoteFault;
  /** After this long, in milliseconds. */
  readonly delay?: number;
}

export interface Call {
  readonly command: Command;
  readonly at: number;
  readonly detail: unknown;
}

const SESSION: SessionState = {
  url: "https://server.test/",
  protocolVersion: "16.1",
  policyKey: "1",
  deviceId: "D",
};

/**
 * A server in memory that keeps sync keys as Exchange does: a key is good once, its predecessor may be repeated
 * (the answer was lost), anything older is status 3.
 */
export class ModelServer implements RemoteMailbox {
  readonly calls: Call[] = [];
  readonly mailboxes = new Map<string, Map<string, Item>>();
  readonly folderList: RemoteFolder[] = [];
  readonly sent: string[] = [];
  /** Asked before each request; null lets it pass. */
  plan: (command: Command, detail: unknown) => Play | null = () => null;
  /** A repeated key gives the same answer whatever is in the request, or is computed anew from the old state. */
  repeats: "replay" | "recompute" = "replay";
  latency = 10;
  #clock: Clock;
  #states = new Map<string, SyncState>();
  #hierarchy = { key: 0, known: new Map<string, RemoteFolder>() };
  #hierarchyBefore: { key: number; known: Map<string, RemoteFolder> } | null = null;
  #sentIds = new Set<string>();
  #keys = 0;
  #ids = 0;
  #watchers = new Set<() => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  addFolder(serverId: string, role: RemoteFolder["role"], name = serverId): void {
    this.folderList.push({ serverId, parentId: "0", name, role, class: "mail" });
    this.mailboxes.set(serverId, new Map());
    this.#stir();
  }

  removeFolder(serverId: string): void {
    const at = this.folderList.findIndex((folder) => folder.serverId === serverId);
    if (at >= 0) this.folderList.splice(at, 1);
    this.mailboxes.delete(serverId);
    this.#states.delete(serverId);
    this.#stir();
  }

  folder(serverId: string): Map<string, Item> {
    const items = this.mailboxes.get(serverId);
    if (items === undefined) throw new Error(`no folder ${serverId}`);
    return items;
  }

  /** New mail arrives; returns its id. */
  deliver(serverId: string, subject: string): string {
    this.#ids += 1;
    const id = `${serverId}:${this.#ids}`;
    this.folder(serverId).set(id, { subject, read: false, flagged: false, version: 1 });
    this.#stir();
    return id;
  }

  change(serverId: string, id: string, change: Partial<Pick<Item, "read" | "flagged">>): void {
    const item = this.folder(serverId).get(id);
    if (item === undefined) return;
    Object.assign(item, change);
    item.version += 1;
    this.#stir();
  }

  remove(serverId: string, id: string): void {
    this.folder(serverId).delete(id);
    this.#stir();
  }

  /** The server forgets its sync state of a folder, so that the client's key is unknown to it. */
  forget(serverId: string): void {
    this.#states.delete(serverId);
  }

  forgetHierarchy(): void {
    this.#hierarchy = { key: 0, known: new Map() };
    this.#hierarchyBefore = null;
  }

  count(command: Command): number {
    return this.calls.filter((call) => call.command === command).length;
  }

  #stir(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }

  #wait(ms: number, signal: AbortSignal | undefined): Promise<boolean> {
    return new Promise((resolve) => {
      if (signal?.aborted === true) {
        resolve(false);
        return;
      }
      const cancel = this.#clock.after(ms, () => resolve(true));
      signal?.addEventListener("abort", () => {
        cancel();
        resolve(false);
      });
    });
  }

  async #serve<T>(
    command: Command,
    detail: unknown,
    signal: AbortSignal | undefined,
    act: () => Result<T, RemoteFault>,
  ): Promise<Result<T, RemoteFault>> {
    this.calls.push({ command, at: this.#clock.now(), detail });
    const play = this.plan(command, detail);
    if (!(await this.#wait(this.latency, signal))) return err({ kind: "cancelled", detail: "" });
    if (play?.when === "before") {
      if (play.delay !== undefined) await this.#wait(play.delay, signal);
      return err(play.fault);
    }
    const result = act();
    if (play !== null) {
      if (play.delay !== undefined) await this.#wait(play.delay, signal);
      return err(play.fault);
    }
    return result;
  }

  connect(signal?: AbortSignal) {
    return this.#serve("connect", null, signal, () => ok(SESSION));
  }

  folders(syncKey: string, signal?: AbortSignal) {
    return this.#serve("folders", syncKey, signal, () => this.#folderSync(syncKey));
  }

  #folderSync(syncKey: string): Result<FolderDelta, RemoteFault> {
    if (syncKey === "0") {
      this.#hierarchy = { key: 0, known: new Map() };
      this.#hierarchyBefore = null;
    }
    const before = this.#hierarchyBefore;
    if (before !== null && syncKey === `F${before.key}`) this.#hierarchy = before;
    if (syncKey !== "0" && syncKey !== `F${this.#hierarchy.key}`) {
      return err({ kind: "status", command: "FolderSync", status: 9, recovery: "resync-folders" });
    }
    const { known } = this.#hierarchy;
    const added = this.folderList.filter(({ serverId }) => !known.has(serverId));
    const updated = this.folderList.filter((folder) => {
      const old = known.get(folder.serverId);
      return old !== undefined && old.name !== folder.name;
    });
    const deleted = [...known.keys()].filter((id) => !this.mailboxes.has(id));
    this.#hierarchyBefore = syncKey === "0" ? null : this.#hierarchy;
    this.#hierarchy = {
      key: this.#hierarchy.key + 1,
      known: new Map(this.folderList.map((folder) => [folder.serverId, folder])),
    };
    return ok({ syncKey: `F${this.#hierarchy.key}`, added, updated, deleted });
  }

  sync(request: CollectionRequest) {
    const { signal, ...detail } = request;
    return this.#serve("sync", detail, signal, () => this.#sync(detail));
  }

  estimate(request: Pick<CollectionRequest, "collectionId" | "syncKey" | "filterType" | "signal">) {
    const { signal, ...detail } = request;
    return this.#serve("estimate", detail, signal, (): Result<number | null, RemoteFault> => {
      const state = this.#states.get(detail.collectionId)?.current;
      if (state === undefined || state.key !== detail.syncKey) {
        return err({ kind: "status", command: "GetItemEstimate", status: 4, recovery: "resync-collection" });
      }
      const items = this.mailboxes.get(detail.collectionId) ?? new Map<string, Item>();
      return ok([...items].filter(([id, { version }]) => state.known.get(id) !== version).length);
    });
  }

  #newKey(): string {
    this.#keys += 1;
    return `S${this.#keys}`;
  }

  #sync(request: CollectionRequest): Result<CollectionAnswer, RemoteFault> {
    const { collectionId, syncKey } = request;
    const items = this.mailboxes.get(collectionId);
    if (items === undefined) {
      return err({ kind: "status", command: "Sync", status: 12, recovery: "resync-folders" });
    }
    if (syncKey === "0") {
      const key = this.#newKey();
      this.#states.set(collectionId, {
        current: { key, known: new Map() },
        previous: null,
        lastAnswer: null,
      });
      return ok(answerOf(key));
    }
    const state = this.#states.get(collectionId);
    if (state !== undefined && state.previous?.key === syncKey) {
      if (this.repeats === "replay" && state.lastAnswer !== null) return ok(state.lastAnswer);
      state.current = state.previous;
    } else if (state === undefined || state.current.key !== syncKey) {
      return err({ kind: "status", command: "Sync", status: 3, recovery: "resync-collection" });
    }
    const known = new Map(state.current.known);
    const verdicts = this.#apply(request, items, known);
    const answer = this.#changes(items, known, request.windowSize);
    const whole = { ...answer, verdicts };
    state.previous = state.current;
    state.current = { key: whole.syncKey, known };
    state.lastAnswer = whole;
    return ok(whole);
  }

  #apply(request: CollectionRequest, items: Map<string, Item>, known: Map<string, number>) {
    const verdicts: CollectionAnswer["verdicts"][number][] = [];
    for (const command of request.commands) {
      const item = items.get(command.serverId);
      // An item that the client was never told of under this key is unknown to it, as in Exchange.
      if (item === undefined || !known.has(command.serverId)) {
        verdicts.push({ serverId: command.serverId, status: 8, recovery: "object-gone" });
      } else if (command.kind === "delete") {
        items.delete(command.serverId);
        known.delete(command.serverId);
      } else if (known.get(command.serverId) !== item.version) {
        verdicts.push({ serverId: command.serverId, status: 7, recovery: "server-won" });
      } else {
        if (command.read !== undefined) item.read = command.read;
        if (command.flagged !== undefined) item.flagged = command.flagged;
        item.version += 1;
        known.set(command.serverId, item.version);
      }
    }
    if (request.commands.length > 0) this.#stir();
    return verdicts;
  }

  #changes(items: Map<string, Item>, known: Map<string, number>, windowSize: number): CollectionAnswer {
    const added: RemoteMessage[] = [];
    const changed: RemoteMessage[] = [];
    const deleted: string[] = [];
    let room = windowSize;
    let more = false;
    const take = () => {
      room -= 1;
      more = more || room < 0;
      return room >= 0;
    };
    for (const id of [...known.keys()]) {
      if (items.has(id) || !take()) continue;
      deleted.push(id);
      known.delete(id);
    }
    for (const [id, item] of [...items].reverse()) {
      const version = known.get(id);
      if (version === item.version || !take()) continue;
      const { subject, read, flagged } = item;
      if (version === undefined) added.push({ serverId: id, subject, read, flagged });
      else changed.push({ serverId: id, read, flagged });
      known.set(id, item.version);
    }
    return { ...answerOf(this.#newKey()), added, changed, deleted, moreAvailable: more };
  }

  body(collectionId: string, serverId: string, kind: "html" | "mime", signal?: AbortSignal) {
    return this.#serve("body", { collectionId, serverId }, signal, (): Result<RemoteBody, RemoteFault> => {
      if (this.mailboxes.get(collectionId)?.has(serverId) !== true) {
        return err({ kind: "status", command: "ItemOperations", status: 6, recovery: "object-gone" });
      }
      return ok({ kind, data: `body of ${serverId}`, truncated: false, size: 10 });
    });
  }

  async attachment() {
    return ok({ bytes: 0, type: null });
  }

  send(message: OutgoingMessage, signal?: AbortSignal) {
    return this.#serve("send", message, signal, (): Result<void, RemoteFault> => {
      if (
        message.source !== null &&
        this.mailboxes.get(message.source.collectionId)?.has(message.source.serverId) !== true
      ) {
        return err({ kind: "status", command: "SmartReply", status: 150, recovery: "object-gone" });
      }
      if (this.#sentIds.has(message.clientId)) {
        return err({ kind: "status", command: "SendMail", status: 118, recovery: "already-done" });
      }
      this.#sentIds.add(message.clientId);
      this.sent.push(message.clientId);
      if (this.mailboxes.has("sent")) this.deliver("sent", message.clientId);
      return ok(undefined);
    });
  }

  move(moves: readonly MoveRequest[], signal?: AbortSignal) {
    return this.#serve("move", moves, signal, () => ok(moves.map((move) => this.#move(move))));
  }

  #move({ serverId, from, to }: MoveRequest): MoveVerdict {
    const item = this.mailboxes.get(from)?.get(serverId);
    const target = this.mailboxes.get(to);
    if (item === undefined) return { serverId, status: 1, recovery: "object-gone", newServerId: null };
    if (target === undefined) return { serverId, status: 2, recovery: "give-up", newServerId: null };
    this.#ids += 1;
    const newServerId = `${to}:${this.#ids}`;
    this.folder(from).delete(serverId);
    target.set(newServerId, { ...item, version: 1 });
    this.#stir();
    return { serverId, status: 3, recovery: "ok", newServerId };
  }

  #pending(collectionIds: readonly string[]): string[] {
    return collectionIds.filter((id) => {
      const items = this.mailboxes.get(id);
      const known = this.#states.get(id)?.current.known;
      if (items === undefined || known === undefined) return false;
      return (
        items.size !== known.size || [...items].some(([item, { version }]) => known.get(item) !== version)
      );
    });
  }

  async ping(
    collectionIds: readonly string[],
    heartbeatSeconds: number,
    signal?: AbortSignal,
  ): Promise<Result<PingAnswer, RemoteFault>> {
    const begun = await this.#serve("ping", { collectionIds, heartbeatSeconds }, signal, () => ok(null));
    if (!begun.ok) return begun;
    return new Promise((resolve) => {
      const finish = (result: Result<PingAnswer, RemoteFault>) => {
        this.#watchers.delete(look);
        cancel();
        resolve(result);
      };
      const cancel = this.#clock.after(heartbeatSeconds * 1000, () => finish(ok({ kind: "nothing" })));
      const look = () => {
        const known = this.#hierarchy.known;
        const moved =
          this.folderList.length !== known.size || this.folderList.some((f) => !known.has(f.serverId));
        if (moved) finish(ok({ kind: "folders-changed" }));
        else {
          const changed = this.#pending(collectionIds);
          if (changed.length > 0) finish(ok({ kind: "changes", collectionIds: changed }));
        }
      };
      signal?.addEventListener("abort", () => finish(err({ kind: "cancelled", detail: "" })));
      this.#watchers.add(look);
      if (signal?.aborted === true) finish(err({ kind: "cancelled", detail: "" }));
      else look();
    });
  }
}

function answerOf(syncKey: string): CollectionAnswer {
  return {
    syncKey,
    moreAvailable: false,
    added: [],
    changed: [],
    deleted: [],
    verdicts: [],
    unreadable: { count: 0, reason: null },
  };
}

import type { RemoteMessage } from "../../electron/ports/remote.ts";
import type { Intent, IntentVerdict } from "../../electron/ports/sync-store.ts";
import type { MessageId } from "../../shared/model/ids.ts";
import type { Fixture } from "./support.ts";
import { mail } from "./support-core.ts";

/** A repeatable source of choices (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Change = { kind: "add" | "change" | "delete"; serverId: string };

/** What a server remembers for a SyncKey: how far the client knows the log, and the items that it was told of. */
export interface Place {
  readonly at: number;
  readonly told: ReadonlySet<string>;
}

/** A server as simple as can be: each folder is a map of items and a log of changes; a SyncKey is a place in it. */
export class ModelServer {
  readonly folders = new Map<string, Map<string, RemoteMessage>>();
  readonly logs = new Map<string, Change[]>();
  private next = 1;

  constructor(names: readonly string[]) {
    for (const name of names) {
      this.folders.set(name, new Map());
      this.logs.set(name, []);
    }
  }

  items(folder: string): Map<string, RemoteMessage> {
    return this.folders.get(folder) ?? new Map();
  }

  private log(folder: string, change: Change): void {
    this.logs.get(folder)?.push(change);
  }

  add(folder: string, message: RemoteMessage): string {
    const serverId = `${folder}:${this.next++}`;
    this.items(folder).set(serverId, { ...message, serverId });
    this.log(folder, { kind: "add", serverId });
    return serverId;
  }

  change(folder: string, serverId: string, fields: { read?: boolean; flagged?: boolean }): boolean {
    const item = this.items(folder).get(serverId);
    if (item === undefined) return false;
    this.items(folder).set(serverId, { ...item, ...fields });
    this.log(folder, { kind: "change", serverId });
    return true;
  }

  delete(folder: string, serverId: string): boolean {
    if (!this.items(folder).delete(serverId)) return false;
    this.log(folder, { kind: "delete", serverId });
    return true;
  }

  move(folder: string, serverId: string, target: string): string | null {
    const item = this.items(folder).get(serverId);
    if (item === undefined) return null;
    this.delete(folder, serverId);
    return this.add(target, item);
  }

  /**
   * At most `window` changes after the place, as Sync answers them: the state now, each item once. What came and
   * went between two answers is never spoken of, not even when a move of the client's own told it the id.
   */
  since(folder: string, place: Place, window: number) {
    const log = this.logs.get(folder) ?? [];
    const part = log.slice(place.at, place.at + window);
    const now = this.items(folder);
    const told = new Set(place.told);
    const added: RemoteMessage[] = [];
    const changed: RemoteMessage[] = [];
    const deleted: string[] = [];
    for (const serverId of new Set(part.map((change) => change.serverId))) {
      const item = now.get(serverId);
      if (item === undefined) {
        if (told.delete(serverId)) deleted.push(serverId);
      } else if (!told.has(serverId)) {
        told.add(serverId);
        added.push(item);
      } else changed.push({ serverId, read: item.read ?? false, flagged: item.flagged ?? false });
    }
    const at = place.at + part.length;
    return { added, changed, deleted, place: { at, told }, more: at < log.length };
  }
}

export const NAMES = ["in", "pr", "tr"];

/** A client and a server with everything between them going wrong as the seed says. */
export class History {
  readonly server = new ModelServer(NAMES);
  readonly f: Fixture;
  readonly random: () => number;
  /** By folder and SyncKey; a key that is not here any more is refused. */
  private keys = new Map<string, Place>();
  private mails = 0;
  private counter = 0;

  constructor(f: Fixture, seed: number) {
    this.f = f;
    this.random = seeded(seed);
  }

  pick<T>(list: readonly T[]): T | undefined {
    return list[Math.floor(this.random() * list.length)];
  }

  private chance(part: number): boolean {
    return this.random() < part;
  }

  newMail(folder: string): string {
    this.mails += 1;
    const word = `word${this.mails}x`;
    return this.server.add(
      folder,
      mail("", {
        subject: `Mail ${this.mails}`,
        read: this.chance(0.5),
        flagged: this.chance(0.2),
        body: { kind: "html", data: `<p>about ${word}</p>`, truncated: false, size: 30 },
      }),
    );
  }

  /** Somebody else, on the server. */
  elsewhere(): void {
    const folder = this.pick(NAMES) ?? "in";
    const serverId = this.pick([...this.server.items(folder).keys()]);
    const what = this.random();
    if (serverId === undefined || what < 0.4) this.newMail(folder);
    else if (what < 0.7)
      this.server.change(folder, serverId, { read: this.chance(0.5), flagged: this.chance(0.5) });
    else if (what < 0.85) this.server.delete(folder, serverId);
    else this.server.move(folder, serverId, this.pick(NAMES.filter((name) => name !== folder)) ?? "in");
  }

  private tokens: number[] = [];

  /** The user, on what is shown. */
  user(): void {
    const { mail: store } = this.f.store;
    const rows = this.f.rows(this.pick(NAMES) ?? "in");
    const ids = rows.filter(() => this.chance(0.4)).map((row) => row.id);
    const what = this.random();
    const target = this.f.folderId(this.pick(NAMES) ?? "in");
    if (what < 0.15) store.undo(this.pick(this.tokens) ?? 0);
    else if (what < 0.4) this.tokens.push(store.setRead(ids, this.chance(0.5)).token);
    else if (what < 0.6) this.tokens.push(store.setFlag(ids, this.chance(0.5)).token);
    else if (what < 0.85) this.tokens.push(store.move(ids, target)?.token ?? 0);
    else this.tokens.push(store.remove(ids).token);
  }

  private apply(intent: Intent, folder: string): IntentVerdict | null {
    const intentId = intent.id;
    if (intent.kind === "set") {
      const { read, flagged } = intent;
      const fields = {
        ...(read === undefined ? {} : { read }),
        ...(flagged === undefined ? {} : { flagged }),
      };
      if (!this.server.change(folder, intent.serverId, fields)) return { intentId, verdict: "gone" };
      return { intentId, verdict: "done" };
    }
    if (intent.kind === "delete") {
      this.server.delete(folder, intent.serverId);
      return { intentId, verdict: "done" };
    }
    return null;
  }

  /** One Sync of a folder; `trouble` is how likely the answer is lost after the server acted. */
  sync(folder: string, trouble: number): boolean {
    const { sync } = this.f;
    const key = this.f.key(folder);
    const place = key === "0" ? { at: 0, told: new Set<string>() } : this.keys.get(`${folder} ${key}`);
    if (place === undefined) {
      sync.resetCollection(this.f.folderId(folder));
      return true;
    }
    const folderId = this.f.folderId(folder);
    const mine =
      key === "0"
        ? []
        : sync.intents(5).filter((intent) => intent.folderId === folderId && intent.kind !== "move");
    const verdicts = mine.map((intent) => this.apply(intent, folder)).filter((verdict) => verdict !== null);
    if (this.chance(trouble)) return true;
    const answer = this.server.since(folder, place, 1 + Math.floor(this.random() * 4));
    this.counter += 1;
    const newKey = String(this.counter);
    this.keys.set(`${folder} ${newKey}`, answer.place);
    sync.commitCollection({
      folderId,
      previousKey: key,
      newKey,
      added: answer.added,
      changed: answer.changed,
      deleted: answer.deleted,
      verdicts,
      passComplete: !answer.more,
      at: this.f.clock.now(),
    });
    return answer.more || mine.length > 0 || key === "0";
  }

  /** MoveItems for what waits; `trouble` is how likely the answer is lost after the server acted. */
  moves(trouble: number): boolean {
    const waiting = this.f.sync.intents(5).filter((intent) => intent.kind === "move");
    for (const intent of waiting) {
      if (this.chance(0.05)) {
        this.f.sync.settleIntents([{ intentId: intent.id, verdict: "revert", reason: "refused" }]);
        continue;
      }
      const newServerId = this.server.move(intent.fromServerId, intent.serverId, intent.toServerId);
      if (this.chance(trouble)) return true;
      this.f.sync.settleIntents([
        newServerId === null
          ? { intentId: intent.id, verdict: "gone" }
          : { intentId: intent.id, verdict: "done", newServerId: this.chance(0.8) ? newServerId : null },
      ]);
    }
    return waiting.length > 0;
  }

  /** Moves mail until the store has seen that this server announces moved messages: only then silence says anything. */
  learnMoves(): void {
    for (let n = 0; n < 3; n += 1) {
      this.newMail("in");
      this.settle();
      const [row] = this.f.rows("in");
      if (row !== undefined) this.f.store.mail.move([row.id], this.f.folderId("pr"));
      this.settle();
    }
  }

  step(): void {
    const what = this.random();
    if (what < 0.25) this.elsewhere();
    else if (what < 0.5) this.user();
    else if (what < 0.8) this.sync(this.pick(NAMES) ?? "in", 0.15);
    else if (what < 0.95) this.moves(0.3);
    else if (what < 0.97) this.keys.clear();
    else if (what < 0.985) this.f.store.repair();
    else this.f.reopen();
  }

  /** Goes on without trouble until nothing is left to do. */
  settle(): void {
    if (this.f.sync.hierarchyKey() === "0") this.hierarchy();
    let quiet = 0;
    // A moved message that nobody names is given up after two complete passes: a few quiet rounds end it.
    for (let round = 0; round < 200; round += 1) {
      let busy = this.moves(0);
      for (const folder of NAMES) busy = this.sync(folder, 0) || busy;
      quiet = busy || this.f.sync.pendingCount().actions > 0 ? 0 : quiet + 1;
      if (quiet > 3) return;
    }
    throw new Error("the history did not settle");
  }

  private hierarchy(): void {
    const folders = this.f.sync.collections();
    this.f.sync.commitFolders("0", {
      syncKey: "h",
      added: folders.map(({ serverId, role, class: kind }) => ({
        serverId,
        role,
        class: kind,
        name: role,
        parentId: "0",
      })),
      updated: [],
      deleted: [],
    });
  }
}

/** What a folder shows, in a form that can be compared. */
export function shown(f: Fixture, folder: string) {
  return f
    .rows(folder)
    .map((row) => ({ subject: row.subject, read: !row.unread, flagged: row.flagged, pending: row.pending }))
    .sort((a, b) => a.subject.localeCompare(b.subject));
}

export function held(server: ModelServer, folder: string) {
  return [...server.items(folder).values()]
    .map((item) => ({ subject: item.subject ?? "", read: item.read, flagged: item.flagged, pending: false }))
    .sort((a, b) => a.subject.localeCompare(b.subject));
}

/** What the store counts and finds must agree with what it lists. Answers what does not. */
export function disagreements(f: Fixture): string[] {
  const wrong: string[] = [];
  const seen = new Set<MessageId>();
  for (const folder of NAMES) {
    const rows = f.rows(folder);
    const { unread, total } = f.counts(folder);
    if (total !== rows.length) wrong.push(`${folder}: counts ${total}, lists ${rows.length}`);
    if (unread !== rows.filter((row) => row.unread).length) wrong.push(`${folder}: unread count ${unread}`);
    for (const filter of ["unread", "flagged"] as const) {
      const expected = rows
        .filter((row) => (filter === "unread" ? row.unread : row.flagged))
        .map((row) => row.id);
      if (String(f.rows(folder, filter).map((row) => row.id)) !== String(expected))
        wrong.push(`${folder}: ${filter} list`);
    }
    for (const row of rows) {
      if (seen.has(row.id)) wrong.push(`${row.id} is shown twice`);
      seen.add(row.id);
      const word = `word${row.subject.slice(5)}x`;
      // A move made elsewhere may be known in one folder and not yet in the other: then there are two.
      const same = rows.filter((other) => other.subject === row.subject).map((other) => other.id);
      if (String(f.rows(folder, "all", word).map((found) => found.id)) !== String(same))
        wrong.push(`${row.subject} is not found`);
    }
  }
  return wrong;
}

import type { Folder, Item } from "./mailbox.ts";

/** What a collection's Options say; a client that leaves them out means those of before. */
export interface SyncOptions {
  readonly filterType: number;
  readonly mimeSupport: number;
  /** Bytes; null for the whole message. */
  readonly mimeTruncation: number | null;
  readonly conflict: number;
  readonly bodies: readonly BodyPreference[];
}

export interface BodyPreference {
  readonly type: number;
  readonly truncationSize: number | null;
  readonly allOrNone: boolean;
  /** Characters of the preview; 0 for none. */
  readonly preview: number;
}

const NO_OPTIONS: SyncOptions = {
  filterType: 0,
  mimeSupport: 0,
  mimeTruncation: null,
  conflict: 1,
  bodies: [],
};

const DAY = 86_400_000;
const FILTER_DAYS: Readonly<Record<number, number>> = { 1: 1, 2: 3, 3: 7, 4: 14, 5: 31 };

/** Messages before this time are left out; 0 for all. */
function cutoff(filterType: number, now: number): number {
  const days = FILTER_DAYS[filterType];
  return days === undefined ? 0 : now - days * DAY;
}

export type Change =
  | { readonly kind: "add"; readonly item: Item }
  | { readonly kind: "change"; readonly item: Item }
  | { readonly kind: "delete"; readonly id: number }
  | { readonly kind: "soft-delete"; readonly id: number };

interface Undo {
  readonly known: [id: number, revision: number | undefined][];
  readonly queue: readonly number[];
  readonly queueAt: number;
  readonly leaving: readonly number[];
  readonly leavingAt: number;
  readonly logAt: number;
  readonly filterType: number;
  readonly since: number;
  readonly options: SyncOptions;
}

/**
 * What one device knows of one collection. A step forward can be undone once, because a client that lost an
 * answer repeats the request with the key before.
 */
export class CollectionState {
  options: SyncOptions = NO_OPTIONS;
  readonly #known = new Map<number, number>();
  #queue: readonly number[] = [];
  #queueAt = 0;
  #leaving: readonly number[] = [];
  #leavingAt = 0;
  #logAt = 0;
  #filterType = -1;
  #since = 0;
  #undo: Undo | null = null;

  /** Starts a step that `undo` takes back. */
  begin(): void {
    this.#undo = {
      known: [],
      queue: this.#queue,
      queueAt: this.#queueAt,
      leaving: this.#leaving,
      leavingAt: this.#leavingAt,
      logAt: this.#logAt,
      filterType: this.#filterType,
      since: this.#since,
      options: this.options,
    };
  }

  undo(): void {
    const undo = this.#undo;
    if (undo === null) return;
    for (const [id, revision] of undo.known.reverse()) {
      if (revision === undefined) this.#known.delete(id);
      else this.#known.set(id, revision);
    }
    this.#queue = undo.queue;
    this.#queueAt = undo.queueAt;
    this.#leaving = undo.leaving;
    this.#leavingAt = undo.leavingAt;
    this.#logAt = undo.logAt;
    this.#filterType = undo.filterType;
    this.#since = undo.since;
    this.options = undo.options;
    this.#undo = null;
  }

  /** The revision of an item that the device has; undefined when it has none. */
  known(id: number): number | undefined {
    return this.#known.get(id);
  }

  /** Notes what the device knows: after its own change, or after an item was sent to it. */
  note(id: number, revision: number | undefined): void {
    this.#undo?.known.push([id, this.#known.get(id)]);
    if (revision === undefined) this.#known.delete(id);
    else this.#known.set(id, revision);
  }

  /** Looks at the folder through another filter: what comes in is queued, newest first; the rest leaves. */
  #refilter(folder: Folder, now: number): void {
    if (this.#filterType === this.options.filterType) return;
    if (this.#filterType === -1) this.#logAt = folder.log.length;
    const since = cutoff(this.options.filterType, now);
    const inside = [...folder.items.values()].filter((item) => item.source.date >= since);
    inside.sort((a, b) => b.source.date - a.source.date || b.id - a.id);
    this.#queue = inside.map((item) => item.id);
    this.#queueAt = 0;
    this.#leaving = [...this.#known.keys()].filter((id) => {
      const item = folder.items.get(id);
      return item !== undefined && item.source.date < since;
    });
    this.#leavingAt = 0;
    this.#filterType = this.options.filterType;
    this.#since = since;
  }

  *#changes(folder: Folder, now: number): Generator<Change> {
    this.#refilter(folder, now);
    while (this.#logAt < folder.log.length) {
      const id = folder.log[this.#logAt++] ?? 0;
      const item = folder.items.get(id);
      const known = this.#known.get(id);
      if (item === undefined) {
        if (known !== undefined) yield { kind: "delete", id };
      } else if (known === undefined) {
        if (item.source.date >= this.#since) yield { kind: "add", item };
      } else if (known < item.revision) yield { kind: "change", item };
    }
    while (this.#leavingAt < this.#leaving.length) {
      const id = this.#leaving[this.#leavingAt++] ?? 0;
      if (this.#known.has(id)) yield { kind: "soft-delete", id };
    }
    while (this.#queueAt < this.#queue.length) {
      const item = folder.items.get(this.#queue[this.#queueAt++] ?? 0);
      if (item !== undefined && !this.#known.has(item.id)) yield { kind: "add", item };
    }
  }

  /** The next changes, at most `limit`, noted as known; `more` when others wait. */
  take(folder: Folder, limit: number, now: number): { changes: Change[]; more: boolean } {
    const changes: Change[] = [];
    for (const change of this.#changes(folder, now)) {
      changes.push(change);
      if (change.kind === "add" || change.kind === "change") this.note(change.item.id, change.item.revision);
      else this.note(change.id, undefined);
      if (changes.length >= limit) break;
    }
    return { changes, more: this.count(folder, now, 1) > 0 };
  }

  /** How many changes wait, counted up to `limit`; nothing moves. */
  count(folder: Folder, now: number, limit: number): number {
    const before = [this.#queue, this.#queueAt, this.#leaving, this.#leavingAt, this.#logAt] as const;
    const filter = [this.#filterType, this.#since] as const;
    const seen = new Set<number>();
    for (const change of this.#changes(folder, now)) {
      seen.add(change.kind === "add" || change.kind === "change" ? change.item.id : change.id);
      if (seen.size >= limit) break;
    }
    [this.#queue, this.#queueAt, this.#leaving, this.#leavingAt, this.#logAt] = before;
    [this.#filterType, this.#since] = filter;
    return seen.size;
  }
}

import type { FolderId, MessageId } from "../../shared/model/ids.ts";
import type { Clock } from "../ports/basics.ts";
import type { StoreChange } from "./api.ts";

/** More changed messages than this are told as "these folders changed". */
const MAX_NAMED = 200;
/** Records are at least this far apart, in milliseconds: one frame at 30 frames a second. */
const GAP_MS = 33;

type Topic = "folders" | "accounts" | "drafts" | "outbox";

/** Collects what a transaction changes; tells it after the commit, never after a rollback. */
export interface ChangeRecorder {
  message(messageId: MessageId, folderId: FolderId | null): void;
  topic(topic: Topic): void;
  /** Sync of this account (by its row number) has something new to do. */
  work(account: number): void;
  flush(): void;
  discard(): void;
  onChange(listener: (change: StoreChange) => void): () => void;
  onWork(account: number, listener: () => void): () => void;
  /** Grows with every transaction that changed messages: what was computed before it may be stale. */
  generation(): number;
  close(): void;
}

class Gathered {
  readonly folderIds = new Set<FolderId>();
  readonly messageIds = new Set<MessageId>();
  readonly topics = new Set<Topic>();
  readonly work = new Set<number>();
  many = false;

  note(messageId: MessageId): void {
    if (this.many) return;
    this.messageIds.add(messageId);
    if (this.messageIds.size <= MAX_NAMED) return;
    this.many = true;
    this.messageIds.clear();
  }

  take(other: Gathered): void {
    for (const id of other.folderIds) this.folderIds.add(id);
    for (const topic of other.topics) this.topics.add(topic);
    if (other.many) {
      this.many = true;
      this.messageIds.clear();
    }
    for (const id of other.messageIds) this.note(id);
  }

  get empty(): boolean {
    return this.folderIds.size === 0 && this.topics.size === 0 && this.messageIds.size === 0 && !this.many;
  }

  record(): StoreChange {
    return {
      folderIds: [...this.folderIds],
      messageIds: this.many ? null : [...this.messageIds],
      folders: this.topics.has("folders"),
      accounts: this.topics.has("accounts"),
      drafts: this.topics.has("drafts"),
      outbox: this.topics.has("outbox"),
    };
  }
}

export function changeRecorder(clock: Clock): ChangeRecorder {
  const listeners = new Set<(change: StoreChange) => void>();
  const workers = new Map<number, Set<() => void>>();
  let open = new Gathered();
  let committed = new Gathered();
  let cancel: (() => void) | null = null;
  let lastTold = Number.NEGATIVE_INFINITY;
  let generation = 0;

  function tell(): void {
    cancel = null;
    lastTold = clock.now();
    const record = committed.record();
    committed = new Gathered();
    for (const listener of [...listeners]) listener(record);
  }

  return {
    message(messageId, folderId) {
      open.note(messageId);
      if (folderId !== null) open.folderIds.add(folderId);
    },
    topic: (topic) => void open.topics.add(topic),
    work: (account) => void open.work.add(account),
    flush() {
      const done = open;
      open = new Gathered();
      if (!done.empty) {
        generation += 1;
        committed.take(done);
        const wait = Math.max(0, GAP_MS - (clock.now() - lastTold));
        if (listeners.size === 0) committed = new Gathered();
        else cancel ??= clock.after(Math.min(wait, GAP_MS), tell);
      }
      for (const account of done.work) for (const listener of [...(workers.get(account) ?? [])]) listener();
    },
    discard() {
      open = new Gathered();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    onWork(account, listener) {
      const set = workers.get(account) ?? new Set();
      workers.set(account, set);
      set.add(listener);
      return () => void set.delete(listener);
    },
    generation: () => generation,
    close() {
      cancel?.();
      cancel = null;
      listeners.clear();
      workers.clear();
    },
  };
}

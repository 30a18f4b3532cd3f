import * as v from "valibot";
import type { FolderDelta, OutgoingMessage, RemoteFolder } from "../../../electron/ports/remote.ts";
import type {
  BodyWanted,
  Collection,
  CollectionCommit,
  Intent,
  IntentVerdict,
  OutboxEntry,
  SyncStore,
} from "../../../electron/ports/sync-store.ts";
import {
  type AccountId,
  AccountIdSchema,
  type DraftId,
  DraftIdSchema,
  type FolderId,
  FolderIdSchema,
  type MessageId,
  MessageIdSchema,
} from "../../../shared/model/ids.ts";

export const ACCOUNT: AccountId = v.parse(AccountIdSchema, "6f3c1f0a-58a5-4c43-9d7c-0f2a8f1d2b11");
export const folderId = (value: number): FolderId => v.parse(FolderIdSchema, value);
export const messageId = (value: number): MessageId => v.parse(MessageIdSchema, value);
const draftId = (value: number): DraftId => v.parse(DraftIdSchema, value);

interface Folder {
  readonly id: FolderId;
  remote: RemoteFolder;
  key: string;
  complete: boolean;
  /** Ids seen since the last reset; null when nothing is to be removed at the end of the pass. */
  seen: Set<string> | null;
}

interface Message {
  readonly id: MessageId;
  folderId: FolderId;
  serverId: string;
  subject: string;
  read: boolean;
  flagged: boolean;
  /** Passes within which the folder it was moved to must name it; 0 once it has. */
  arriving: number;
}

interface Wish {
  readonly id: number;
  readonly messageId: MessageId;
  readonly kind: "set" | "delete" | "move";
  readonly read?: boolean;
  readonly flagged?: boolean;
  readonly targetId?: FolderId;
}

export interface Outgoing {
  readonly draftId: DraftId;
  readonly message: OutgoingMessage;
  state: "queued" | "sending" | "failed" | "sent";
  notBefore: number;
  attempts: number;
  reason: string | null;
}

/** A store in memory that behaves as the port says. It survives the engine, as a file survives a process. */
export class ModelStore implements SyncStore {
  readonly accountId = ACCOUNT;
  readonly outbox: Outgoing[] = [];
  readonly bodies = new Map<MessageId, string>();
  readonly wanted: MessageId[] = [];
  readonly failedBodies: MessageId[] = [];
  readonly reverted: string[] = [];
  #hierarchyKey = "0";
  #hierarchySeen: Set<string> | null = null;
  #folders: Folder[] = [];
  #messages: Message[] = [];
  #wishes: Wish[] = [];
  #ids = 0;
  #lastSync: number | null = null;
  #listeners = new Set<() => void>();

  #id(): number {
    this.#ids += 1;
    return this.#ids;
  }

  hierarchyKey(): string {
    return this.#hierarchyKey;
  }

  commitFolders(previousKey: string, delta: FolderDelta): boolean {
    if (previousKey !== this.#hierarchyKey) return false;
    for (const remote of [...delta.added, ...delta.updated]) {
      const known = this.#folders.find((folder) => folder.remote.serverId === remote.serverId);
      if (known !== undefined) known.remote = remote;
      else this.#folders.push({ id: folderId(this.#id()), remote, key: "0", complete: false, seen: null });
      this.#hierarchySeen?.add(remote.serverId);
    }
    const seen = this.#hierarchySeen;
    const gone = this.#folders.filter(
      ({ remote }) =>
        delta.deleted.includes(remote.serverId) || (seen !== null && !seen.has(remote.serverId)),
    );
    for (const folder of gone) this.#dropFolder(folder.id);
    this.#hierarchySeen = null;
    this.#hierarchyKey = delta.syncKey;
    return true;
  }

  #dropFolder(id: FolderId): void {
    for (const message of this.#messages.filter((m) => m.folderId === id)) this.#drop(message.id);
    this.#wishes = this.#wishes.filter((wish) => wish.targetId !== id);
    this.#folders = this.#folders.filter((folder) => folder.id !== id);
  }

  resetFolders(): void {
    this.#hierarchyKey = "0";
    this.#hierarchySeen = new Set();
  }

  collections(): readonly Collection[] {
    return this.#folders.map(({ id, remote, key, complete }) => ({
      folderId: id,
      serverId: remote.serverId,
      name: remote.name,
      role: remote.role,
      class: remote.class,
      syncKey: key,
      complete,
      stored: this.#messages.filter((message) => message.folderId === id).length,
    }));
  }

  commitCollection(commit: CollectionCommit): boolean {
    const folder = this.#folders.find(({ id }) => id === commit.folderId);
    if (folder === undefined || folder.key !== commit.previousKey) return false;
    this.settleIntents(commit.verdicts);
    for (const { serverId, subject, read, flagged } of commit.added) {
      folder.seen?.add(serverId);
      const known = this.#find(folder.id, serverId);
      if (known !== undefined) {
        known.arriving = 0;
        known.read = read ?? known.read;
        known.flagged = flagged ?? known.flagged;
      } else {
        this.#messages.push({
          id: messageId(this.#id()),
          folderId: folder.id,
          serverId,
          subject: subject ?? "",
          read: read ?? false,
          flagged: flagged ?? false,
          arriving: 0,
        });
      }
    }
    for (const { serverId, read, flagged } of commit.changed) {
      const known = this.#find(folder.id, serverId);
      if (known === undefined) continue;
      known.read = read ?? known.read;
      known.flagged = flagged ?? known.flagged;
    }
    for (const serverId of commit.deleted) {
      const known = this.#find(folder.id, serverId);
      if (known !== undefined) this.#drop(known.id);
    }
    folder.key = commit.newKey;
    if (commit.passComplete) {
      const { seen } = folder;
      if (seen !== null) {
        for (const message of this.#messages.filter(
          (m) => m.folderId === folder.id && !seen.has(m.serverId),
        )) {
          this.#drop(message.id);
        }
      }
      for (const message of this.#messages.filter((m) => m.folderId === folder.id && m.arriving > 0)) {
        message.arriving -= 1;
        // Moved here and gone again before any Sync named it: none ever will.
        if (message.arriving === 0) this.#drop(message.id);
      }
      folder.seen = null;
      folder.complete = true;
    }
    this.#lastSync = commit.at;
    return true;
  }

  #find(folder: FolderId, serverId: string): Message | undefined {
    return this.#messages.find((message) => message.folderId === folder && message.serverId === serverId);
  }

  #drop(id: MessageId): void {
    this.#messages = this.#messages.filter((message) => message.id !== id);
    this.#wishes = this.#wishes.filter((wish) => wish.messageId !== id);
  }

  resetCollection(id: FolderId): void {
    const folder = this.#folders.find((candidate) => candidate.id === id);
    if (folder === undefined) return;
    folder.key = "0";
    folder.complete = false;
    folder.seen = new Set();
  }

  intents(limit: number): readonly Intent[] {
    const intents: Intent[] = [];
    for (const wish of this.#wishes) {
      const message = this.#messages.find(({ id }) => id === wish.messageId);
      if (message === undefined || intents.length >= limit) continue;
      const common = {
        id: wish.id,
        folderId: message.folderId,
        messageId: wish.messageId,
        serverId: message.serverId,
      };
      if (wish.kind === "delete") intents.push({ ...common, kind: "delete" });
      else if (wish.kind === "set") {
        intents.push({
          ...common,
          kind: "set",
          ...(wish.read === undefined ? {} : { read: wish.read }),
          ...(wish.flagged === undefined ? {} : { flagged: wish.flagged }),
        });
      } else {
        const target = this.#folders.find(({ id }) => id === wish.targetId);
        if (target === undefined) continue;
        intents.push({
          ...common,
          kind: "move",
          targetId: target.id,
          fromServerId: this.serverIdOf(message.folderId),
          toServerId: target.remote.serverId,
        });
      }
    }
    return intents;
  }

  settleIntents(verdicts: readonly IntentVerdict[]): void {
    for (const verdict of verdicts) {
      const wish = this.#wishes.find(({ id }) => id === verdict.intentId);
      if (wish === undefined) continue;
      this.#wishes = this.#wishes.filter(({ id }) => id !== verdict.intentId);
      const message = this.#messages.find(({ id }) => id === wish.messageId);
      if (message === undefined) continue;
      if (verdict.verdict === "gone") this.#drop(message.id);
      else if (verdict.verdict === "revert") this.reverted.push(verdict.reason);
      else if (wish.kind === "delete") this.#drop(message.id);
      else if (wish.kind === "set") {
        message.read = wish.read ?? message.read;
        message.flagged = wish.flagged ?? message.flagged;
      } else this.#moved(message, wish.targetId, verdict.newServerId ?? null);
    }
  }

  #moved(message: Message, target: FolderId | undefined, newServerId: string | null): void {
    if (target === undefined || newServerId === null || this.#find(target, newServerId) !== undefined) {
      this.#drop(message.id);
      return;
    }
    message.folderId = target;
    message.serverId = newServerId;
    message.arriving = 2;
    this.#folders.find(({ id }) => id === target)?.seen?.add(newServerId);
  }

  pendingCount() {
    return {
      actions: this.#wishes.length,
      outbox: this.outbox.filter(({ state }) => state === "queued" || state === "sending").length,
    };
  }

  outboxNext(now: number): { entry: OutboxEntry | null; dueAt: number | null } {
    const next = this.outbox.find(({ state }) => state === "queued" || state === "sending");
    if (next === undefined) return { entry: null, dueAt: null };
    if (next.notBefore > now) return { entry: null, dueAt: next.notBefore };
    const { state, ...rest } = next;
    return { entry: { ...rest, state: state === "sending" ? "sending" : "queued" }, dueAt: null };
  }

  #outgoing(id: DraftId): Outgoing {
    const found = this.outbox.find((candidate) => candidate.draftId === id);
    if (found === undefined) throw new Error("unknown message");
    return found;
  }

  outboxSending(id: DraftId): void {
    const outgoing = this.#outgoing(id);
    outgoing.state = "sending";
    outgoing.attempts += 1;
  }

  outboxSent(id: DraftId): void {
    this.#outgoing(id).state = "sent";
  }

  outboxFailed(id: DraftId, reason: string, retryAt: number | null): void {
    const outgoing = this.#outgoing(id);
    outgoing.state = retryAt === null ? "failed" : "queued";
    outgoing.reason = reason;
    outgoing.notBefore = retryAt ?? 0;
  }

  bodiesWanted(limit: number): readonly BodyWanted[] {
    return this.wanted.slice(0, limit).flatMap((id) => {
      const message = this.#messages.find((candidate) => candidate.id === id);
      if (message === undefined) return [];
      const collectionServerId = this.serverIdOf(message.folderId);
      return [{ messageId: id, collectionServerId, serverId: message.serverId }];
    });
  }

  commitBody(id: MessageId, body: { readonly data: string }): void {
    this.bodies.set(id, body.data);
    this.#unwant(id);
  }

  bodyFailed(id: MessageId): void {
    this.failedBodies.push(id);
    this.#unwant(id);
  }

  #unwant(id: MessageId): void {
    const at = this.wanted.indexOf(id);
    if (at >= 0) this.wanted.splice(at, 1);
  }

  lastSync(): number | null {
    return this.#lastSync;
  }

  onWork(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** For tests: what a user does. */
  #act(wish: Omit<Wish, "id">): void {
    this.#wishes.push({ ...wish, id: this.#id() });
    this.#tellWork();
  }

  #tellWork(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  userSets(id: MessageId, change: { read?: boolean; flagged?: boolean }): void {
    this.#act({ messageId: id, kind: "set", ...change });
  }

  userDeletes(id: MessageId): void {
    this.#act({ messageId: id, kind: "delete" });
  }

  userMoves(id: MessageId, to: string): void {
    this.#act({ messageId: id, kind: "move", targetId: this.folderOf(to) });
  }

  userSends(clientId: string, extra: Partial<OutgoingMessage> = {}, notBefore = 0): void {
    const message: OutgoingMessage = {
      clientId,
      kind: "send",
      source: null,
      size: 3,
      async *open() {
        yield new Uint8Array(3);
      },
      ...extra,
    };
    const id = draftId(this.#id());
    this.outbox.push({ draftId: id, message, state: "queued", notBefore, attempts: 0, reason: null });
    this.#tellWork();
  }

  userOpens(id: MessageId): void {
    this.wanted.push(id);
    this.#tellWork();
  }

  folderOf(serverId: string): FolderId {
    const folder = this.#folders.find(({ remote }) => remote.serverId === serverId);
    if (folder === undefined) throw new Error(`no folder ${serverId}`);
    return folder.id;
  }

  serverIdOf(id: FolderId): string {
    return this.#folders.find((folder) => folder.id === id)?.remote.serverId ?? "";
  }

  messagesIn(serverId: string): readonly Readonly<Message>[] {
    const folder = this.#folders.find(({ remote }) => remote.serverId === serverId);
    return folder === undefined ? [] : this.#messages.filter((message) => message.folderId === folder.id);
  }

  /** All folders with their messages, in one comparable form. */
  picture(): Record<string, Record<string, { subject: string; read: boolean; flagged: boolean }>> {
    const folders = this.#folders.map(({ remote }) => {
      const rows = this.messagesIn(remote.serverId).map(
        ({ serverId, subject, read, flagged }) => [serverId, { subject, read, flagged }] as const,
      );
      return [remote.serverId, Object.fromEntries(rows)] as const;
    });
    return Object.fromEntries(folders);
  }
}

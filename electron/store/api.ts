import type { ListScope } from "../../shared/contract/mail.ts";
import type { Account } from "../../shared/model/account.ts";
import type { AccountId, AttachmentId, DraftId, FolderId, MessageId } from "../../shared/model/ids.ts";
import type {
  Address,
  Attachment,
  ComposeMode,
  Draft,
  DraftContent,
  FolderNode,
  MessageRow,
  MessageView,
  OutboxItem,
} from "../../shared/model/mail.ts";
import type { Clock, Log } from "../ports/basics.ts";
import type { KeySource } from "../ports/keys.ts";
import type { OutgoingMessage, SessionState } from "../ports/remote.ts";
import type { SyncStore } from "../ports/sync-store.ts";

export interface StoreOptions {
  /** The database file; its folder must exist. SQLite keeps `-wal` and `-shm` beside it. */
  readonly path: string;
  readonly keys: KeySource;
  readonly clock: Clock;
  readonly log: Log;
  /** The words of an HTML body, for the full-text index. Must not throw. */
  readonly indexText: (html: string) => string;
}

/** Why a store did not open. The file is never changed by a failed opening. */
export interface OpenFault {
  readonly kind: "wrong-key" | "corrupt" | "newer" | "busy" | "unavailable";
  /** Words that can be shown. */
  readonly message: string;
}

/**
 * Thrown by any method of an open store when the machine fails it. The transaction has not happened; a later try may
 * succeed, except after `corrupt`. `full`: no room on the disk. `read-only`: the file may not be written any more.
 * `io`: the disk failed. `busy`: another program holds the file. Anything else that is thrown is a mistake of ours.
 */
export class StoreError extends Error {
  readonly kind: "full" | "corrupt" | "read-only" | "io" | "busy" | "memory";
  /** SQLite's own name for it, for the log. */
  readonly code: string;

  constructor(kind: StoreError["kind"], code: string, cause: unknown) {
    super(`the mail store failed: ${kind} (${code})`, { cause });
    this.name = "StoreError";
    this.kind = kind;
    this.code = code;
  }
}

/** What transactions changed since the last record; several transactions may be told in one. */
export interface StoreChange {
  /** Folders with rows that changed, came or went. */
  readonly folderIds: readonly FolderId[];
  /** The messages concerned when they are few, else null. */
  readonly messageIds: readonly MessageId[] | null;
  /** The folder tree or its counts changed. */
  readonly folders: boolean;
  readonly accounts: boolean;
  readonly drafts: boolean;
  readonly outbox: boolean;
}

/** An account with what its session must remember. */
export interface StoredAccount extends Account {
  readonly session: SessionState;
}

export interface AccountStore {
  list(): readonly StoredAccount[];
  get(accountId: AccountId): StoredAccount | null;
  /** False when an account with this address (compared without case) is there already. */
  create(account: Omit<Account, "protocolVersion">, session: SessionState): boolean;
  /** Keeps what a session learnt. Unknown accounts are ignored: the account may just have been removed. */
  saveSession(accountId: AccountId, session: SessionState): void;
  /** Removes the account with everything stored for it, drafts and outbox too. */
  remove(accountId: AccountId): void;
}

/** What an action did, so that `undo` can take it back. A token of 0 means that nothing changed. */
export interface Undo {
  readonly token: number;
  readonly count: number;
}

/** Mail as the window sees it. Reads never wait; each action is one transaction with its intents. */
export interface MailStore {
  folders(): readonly FolderNode[];
  /** Rows newest first. `total` counts the whole scope. An unknown folder is empty. */
  page(scope: ListScope, offset: number, limit: number): { total: number; rows: MessageRow[] };
  indexOf(scope: ListScope, messageId: MessageId): number | null;
  /**
   * Null when there is no such message. A body that is not stored is asked of sync (see `bodiesWanted`)
   * and shown as missing: `loading`, or `offline` for a while after sync could not get it.
   */
  open(messageId: MessageId): MessageView | null;
  /** Asks sync for the whole body, also after a failure or when a shortened one is stored. False: unknown. */
  wantBody(messageId: MessageId): boolean;
  setRead(ids: readonly MessageId[], read: boolean): Undo;
  setFlag(ids: readonly MessageId[], flagged: boolean): Undo;
  /** Null when the folder is unknown or of another account than a message. */
  move(ids: readonly MessageId[], folderId: FolderId): Undo | null;
  /** To Deleted Items; what is there already (or has no such folder) is deleted for good. */
  remove(ids: readonly MessageId[]): Undo;
  /** False when it is too late. An intent that sync has not seen is dropped, else one that counters it is made. */
  undo(token: number): boolean;
  /** Known correspondents whose address or a word of whose name begins with `text`, best first. */
  suggest(text: string, limit: number): readonly Address[];
}

/** Where an attachment's bytes are fetched from. */
export interface AttachmentSource {
  readonly attachment: Attachment;
  readonly accountId: AccountId;
  readonly messageId: MessageId;
  readonly fileReference: string;
}

/** Receives one attachment's bytes, in order. Nothing is readable before `finish`. */
export interface AttachmentWriter {
  append(chunk: Uint8Array): void;
  /** `type`: what the server said on delivery, if it did. */
  finish(type: string | null): void;
  abort(): void;
}

export interface AttachmentStore {
  get(attachmentId: AttachmentId): AttachmentSource | null;
  /** The attachment that an HTML body calls `cid:…`; angle brackets and case do not count. */
  byContentId(messageId: MessageId, contentId: string): AttachmentSource | null;
  /** Begins to store its bytes; an earlier unfinished try is forgotten. Null when it is unknown. */
  write(attachmentId: AttachmentId): AttachmentWriter | null;
  /** The stored bytes in pieces of at most 256 KiB; null when they are not stored. */
  read(attachmentId: AttachmentId): Iterable<Uint8Array> | null;
}

/** A message ready to go out. `clientId` is at most 40 characters and unique to this message. */
export interface QueueRequest {
  readonly content: DraftContent;
  readonly clientId: string;
  readonly kind: OutgoingMessage["kind"];
  /** The whole MIME message, in pieces of any size. */
  readonly mime: Iterable<Uint8Array>;
  /** Not to be sent before this time, in milliseconds since the Unix epoch. */
  readonly notBefore: number;
}

/** Drafts and the outbox: what the user owns and no server has yet. */
export interface DraftStore {
  create(draft: {
    readonly accountId: AccountId;
    readonly mode: ComposeMode;
    readonly sourceId: MessageId | null;
    readonly content: DraftContent;
  }): Draft;
  /** Drafts being written; not those in the outbox. Newest first. */
  list(): readonly Draft[];
  get(draftId: DraftId): Draft | null;
  /** The time of saving; null when the draft is unknown or in the outbox. */
  save(draftId: DraftId, content: DraftContent): number | null;
  attach(
    draftId: DraftId,
    file: { readonly name: string; readonly type: string; readonly bytes: Uint8Array },
  ): Draft | null;
  /** Copies a stored attachment of a received message; null when either is unknown or it is not stored. */
  attachStored(draftId: DraftId, attachmentId: AttachmentId): Draft | null;
  detach(draftId: DraftId, attachmentId: number): Draft | null;
  /** A draft's attachment, for building its MIME. */
  readAttachment(attachmentId: number): Iterable<Uint8Array> | null;
  /** Also takes a failed message out of the outbox; false while it is being sent or when it is unknown. */
  discard(draftId: DraftId): boolean;
  /** Saves the content and puts the message into the outbox, in one transaction. False: unknown, or there already. */
  queue(draftId: DraftId, request: QueueRequest): boolean;
  outbox(): readonly OutboxItem[];
  /** Back into Drafts. `too-late` while it is being sent. */
  recall(draftId: DraftId): Draft | "not-found" | "too-late";
  /** Makes a waiting or failed message due now; false when it is not in the outbox. */
  retry(draftId: DraftId): boolean;
}

export interface Store {
  readonly accounts: AccountStore;
  readonly mail: MailStore;
  readonly attachments: AttachmentStore;
  readonly drafts: DraftStore;
  /** The same object for the same account. */
  syncStore(accountId: AccountId): SyncStore;
  /** Calls back soon after transactions that changed something, with all of them in one record. */
  onChange(listener: (change: StoreChange) => void): () => void;
  /** Housekeeping for quiet moments: planner statistics, index merging, the write-ahead log. */
  tidy(): void;
  /** Empty when every page of the file can be read and agrees with itself; else what is wrong. Slow. */
  check(): readonly string[];
  /** Forgets what the servers can give again (mirror tables); what the user owns stays. */
  repair(): void;
  close(): void;
}

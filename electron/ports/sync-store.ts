import type { AccountId, DraftId, FolderId, MessageId } from "../../shared/model/ids.ts";
import type {
  CollectionClass,
  FolderDelta,
  OutgoingMessage,
  RemoteAttachment,
  RemoteBody,
  RemoteMessage,
} from "./remote.ts";

/** A mail collection as sync sees it. */
export interface Collection {
  readonly folderId: FolderId;
  readonly serverId: string;
  readonly name: string;
  readonly role: "inbox" | "drafts" | "sent" | "outbox" | "trash" | "junk" | "user";
  readonly class: CollectionClass;
  /** "0" before the first sync. */
  readonly syncKey: string;
  /** False until the first full pass (all MoreAvailable answers) has been stored. */
  readonly complete: boolean;
  readonly stored: number;
}

/** A user's action that the server has not confirmed. Written in one transaction with its visible effect. */
export type Intent =
  | {
      readonly id: number;
      readonly kind: "set";
      readonly folderId: FolderId;
      readonly messageId: MessageId;
      readonly serverId: string;
      readonly read?: boolean;
      readonly flagged?: boolean;
    }
  | {
      readonly id: number;
      readonly kind: "delete";
      readonly folderId: FolderId;
      readonly messageId: MessageId;
      readonly serverId: string;
    }
  | {
      readonly id: number;
      readonly kind: "move";
      readonly folderId: FolderId;
      readonly targetId: FolderId;
      readonly messageId: MessageId;
      readonly serverId: string;
      readonly fromServerId: string;
      readonly toServerId: string;
    };

/** What the store does with an intent once the server has spoken. */
export type IntentVerdict =
  /** Confirmed. For a move, the id the message has in its new folder. */
  | { readonly intentId: number; readonly verdict: "done"; readonly newServerId?: string | null }
  /** The server's version stands: take the optimistic effect back. */
  | { readonly intentId: number; readonly verdict: "revert"; readonly reason: string }
  /** The object is gone on the server: drop intent and message. */
  | { readonly intentId: number; readonly verdict: "gone" };

/** Everything one Sync answer changes; applied in ONE transaction with the new key. */
export interface CollectionCommit {
  readonly folderId: FolderId;
  /** The commit is refused (returns false) when the stored key is another: somebody else was quicker. */
  readonly previousKey: string;
  readonly newKey: string;
  readonly added: readonly RemoteMessage[];
  readonly changed: readonly RemoteMessage[];
  readonly deleted: readonly string[];
  readonly verdicts: readonly IntentVerdict[];
  /** True when the answer had no MoreAvailable: the pass is complete. After a resync, what was not seen again is removed. */
  readonly passComplete: boolean;
  readonly at: number;
}

/** A message waiting to be sent. */
export interface OutboxEntry {
  readonly draftId: DraftId;
  readonly state: "queued" | "sending";
  /** Not before this time (undo send, back-off). */
  readonly notBefore: number;
  readonly attempts: number;
  readonly message: OutgoingMessage;
}

/** A body or attachment somebody waits for. */
export interface BodyWanted {
  readonly messageId: MessageId;
  readonly collectionServerId: string;
  readonly serverId: string;
}

/**
 * The store as sync sees it, for one account. Every method is one transaction; none waits.
 * Writers of user actions call `onWork` listeners, so that sync notices new intents at once.
 */
export interface SyncStore {
  readonly accountId: AccountId;
  hierarchyKey(): string;
  /** Adds, changes and removes folders and moves the hierarchy's key, in one transaction; false when the key was another. */
  commitFolders(previousKey: string, delta: FolderDelta): boolean;
  /** Forgets the hierarchy's key. Folders that the next full FolderSync does not name are removed then. */
  resetFolders(): void;
  collections(): readonly Collection[];
  commitCollection(commit: CollectionCommit): boolean;
  /** SyncKey back to "0"; messages stay readable until the next complete pass has shown which still exist. */
  resetCollection(folderId: FolderId): void;
  /** Oldest first, at most `limit`; only intents about messages the server knows. */
  intents(limit: number): readonly Intent[];
  settleIntents(verdicts: readonly IntentVerdict[]): void;
  pendingCount(): { readonly actions: number; readonly outbox: number };
  /** The next message due, or when the next one becomes due. */
  outboxNext(now: number): { readonly entry: OutboxEntry | null; readonly dueAt: number | null };
  /** Written BEFORE the first byte leaves, so that a restart knows the server may have it. */
  outboxSending(draftId: DraftId, at: number): void;
  outboxSent(draftId: DraftId): void;
  /** Back to the queue at `retryAt`, or to `failed` for good when null. `reason` is shown. */
  outboxFailed(draftId: DraftId, reason: string, retryAt: number | null): void;
  bodiesWanted(limit: number): readonly BodyWanted[];
  commitBody(messageId: MessageId, body: RemoteBody, attachments: readonly RemoteAttachment[] | null): void;
  bodyFailed(messageId: MessageId): void;
  lastSync(): number | null;
  /** Calls back after any transaction of the user's that leaves work for sync. */
  onWork(listener: () => void): () => void;
}

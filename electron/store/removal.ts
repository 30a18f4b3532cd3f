import type { FolderId, MessageId } from "../../shared/model/ids.ts";
import type { Clock, Log } from "../ports/basics.ts";
import { StoreError } from "./api.ts";
import type { Db } from "./db/database.ts";
import type { SearchIndex } from "./messages/index-text.ts";

/** The account of what is removed and not deleted yet. Every query that the window or sync asks leaves it out. */
export const REMOVED = 0;

/** What one transaction deletes at most: a few milliseconds, so that nobody waits for it. */
export const SLICE = { messages: 200, chunks: 32 } as const;
/** Between two slices others have their turn, in milliseconds. */
const PAUSE_MS = 20;

/**
 * Removal in two parts: at once, what is removed belongs to account 0 and cannot be reached any more; its rows
 * are then deleted in slices, each a transaction of its own, and after a restart the rest.
 */
export interface Removal {
  /** Within the caller's transaction. Nothing may hang on the folder's messages any more but their own rows. */
  folder(folderId: FolderId): void;
  account(account: number): void;
  /** Deletes the next slice; false when nothing is left. */
  slice(): boolean;
  /** Goes on with what an earlier process left. */
  resume(): void;
  close(): void;
}

export function removal(db: Db, clock: Clock, log: Log, index: SearchIndex): Removal {
  const takeFolder = db.sql.prepare("UPDATE folders SET account = ?, server_id = id WHERE id = ?");
  const takeFolders = db.sql.prepare("UPDATE folders SET account = ?, server_id = id WHERE account = ?");
  const next = db.sql.prepare<[number], FolderId>("SELECT id FROM folders WHERE account = ? LIMIT 1").pluck();
  const inside = db.sql
    .prepare<[FolderId, number], MessageId>("SELECT id FROM messages WHERE server_folder_id = ? LIMIT ?")
    .pluck();
  const dropChunks = db.sql.prepare(
    `DELETE FROM attachment_chunks WHERE rowid IN (
       SELECT c.rowid FROM attachments t JOIN attachment_chunks c ON c.owner = t.id WHERE t.message_id = ? LIMIT ?)`,
  );
  const dropMessage = db.sql.prepare<[MessageId]>("DELETE FROM messages WHERE id = ?");
  const dropFolder = db.sql.prepare<[FolderId]>("DELETE FROM folders WHERE id = ?");
  let cancel: (() => void) | null = null;
  let closed = false;

  function slice(): boolean {
    return db.write(() => {
      const folderId = next.get(REMOVED);
      if (folderId === undefined) return false;
      const messages = inside.all(folderId, SLICE.messages);
      let chunks = SLICE.chunks;
      for (const messageId of messages) {
        chunks -= dropChunks.run(messageId, chunks).changes;
        if (chunks === 0) return true;
        index.delete(messageId);
        dropMessage.run(messageId);
      }
      if (messages.length < SLICE.messages) dropFolder.run(folderId);
      return true;
    });
  }

  function turn(): void {
    cancel = null;
    try {
      if (slice()) later();
    } catch (error) {
      // Nothing is lost: the rest goes with the next removal or start.
      if (!(error instanceof StoreError)) throw error;
      log("warn", "store-removal-stopped", { kind: error.kind });
    }
  }

  function later(): void {
    if (!closed) cancel ??= clock.after(PAUSE_MS, turn);
  }

  return {
    folder(folderId) {
      takeFolder.run(REMOVED, folderId);
      later();
    },
    account(account) {
      takeFolders.run(REMOVED, account);
      later();
    },
    slice,
    resume() {
      if (next.get(REMOVED) !== undefined) later();
    },
    close() {
      closed = true;
      cancel?.();
      cancel = null;
    },
  };
}

import type { FolderId, MessageId } from "../../../shared/model/ids.ts";
import type { RemoteMessage } from "../../ports/remote.ts";
import type { CollectionCommit } from "../../ports/sync-store.ts";
import type { Db } from "../db/database.ts";
import type { Projection } from "../messages/project.ts";
import type { MessageWriter, Place } from "../messages/writer.ts";
import type { Moves } from "./moves.ts";
import type { IntentQueue } from "./verdicts.ts";

interface FolderRow extends Place {
  sync_key: string;
  sweeping: number;
  complete: number;
}

export interface CollectionWriter {
  commit(account: number, commit: CollectionCommit): boolean;
  reset(account: number, folderId: FolderId): void;
}

export function collectionWriter(
  db: Db,
  parts: {
    readonly view: Projection;
    readonly writer: MessageWriter;
    readonly moves: Moves;
    readonly intents: IntentQueue;
  },
): CollectionWriter {
  const folder = db.sql.prepare<[FolderId, number], FolderRow>(
    "SELECT id, account, role, pass, sync_key, sweeping, complete FROM folders WHERE id = ? AND account = ?",
  );
  const find = db.sql
    .prepare<[FolderId, string], MessageId>(
      "SELECT id FROM messages WHERE server_folder_id = ? AND server_id = ?",
    )
    .pluck();
  const advance = db.sql.prepare("UPDATE folders SET sync_key = ?, complete = ?, sweeping = ? WHERE id = ?");
  const touch = db.sql.prepare<[number, number]>("UPDATE accounts SET last_sync = ? WHERE n = ?");
  const unseen = db.sql
    .prepare<[FolderId, number], MessageId>(
      "SELECT id FROM messages WHERE server_folder_id = ? AND server_id IS NOT NULL AND pass < ?",
    )
    .pluck();
  const forget = db.sql.prepare<[FolderId]>(
    "UPDATE folders SET sync_key = '0', complete = 0, sweeping = 1, pass = pass + 1 WHERE id = ?",
  );
  // Both are rare; asked once for each commit, so that an ordinary Add costs no search.
  const expecting = db.sql.prepare<[FolderId, FolderId]>(
    `SELECT 1 WHERE EXISTS (SELECT 1 FROM messages WHERE server_folder_id = ? AND arrival <> 0)
       OR EXISTS (SELECT 1 FROM intents WHERE target_id = ? AND handed = 1)`,
  );
  const lostHere = db.sql.prepare<[FolderId]>("SELECT 1 FROM intents WHERE lost_folder_id = ?");
  const found = db.sql.prepare(
    `UPDATE intents SET message_id = ?, lost_folder_id = NULL, lost_server_id = NULL, handed = 0
     WHERE lost_folder_id = ? AND lost_server_id = ?`,
  );
  const dropLost = db.sql.prepare<[FolderId]>("DELETE FROM intents WHERE lost_folder_id = ?");

  function add(place: FolderRow, message: RemoteMessage, at: number, rare: boolean): MessageId {
    const known = find.get(place.id, message.serverId) ?? (rare ? parts.moves.claim(place, message) : null);
    if (known !== null) {
      // A first pass, and one after a reset, names everything: that says nothing about moves.
      if (rare) parts.moves.confirm(known, place.complete === 1);
      parts.writer.update(known, place, message);
      return known;
    }
    return parts.writer.insert(place, message, at, rare ? parts.moves.suspect(place, message) : null);
  }

  function gone(messageId: MessageId): void {
    if (!parts.moves.leftBehind(messageId)) parts.writer.remove(messageId);
  }

  return {
    commit: (account, commit) =>
      db.write(() => {
        const row = folder.get(commit.folderId, account);
        if (row === undefined || row.sync_key !== commit.previousKey) return false;
        // Verdicts first: what the answer says about an item is later than its verdict on our change.
        parts.intents.settle(account, commit.verdicts);
        const rare =
          commit.added.length + commit.changed.length > 0 && expecting.get(row.id, row.id) !== undefined;
        const lost = lostHere.get(row.id) !== undefined;
        for (const message of commit.added) {
          const messageId = add(row, message, commit.at, rare);
          if (lost && found.run(messageId, row.id, message.serverId).changes > 0)
            parts.view.project(messageId);
        }
        for (const message of commit.changed) {
          const known = find.get(row.id, message.serverId);
          if (known === undefined) continue;
          if (rare) parts.moves.confirm(known, false);
          parts.writer.update(known, row, message);
        }
        for (const serverId of commit.deleted) {
          const known = find.get(row.id, serverId);
          if (known !== undefined) gone(known);
        }
        if (commit.passComplete) {
          if (row.sweeping === 1) {
            for (const messageId of unseen.all(row.id, row.pass)) gone(messageId);
            if (lost) dropLost.run(row.id);
          }
          parts.moves.passed(row.id);
        }
        advance.run(
          commit.newKey,
          commit.passComplete ? 1 : row.complete,
          commit.passComplete ? 0 : row.sweeping,
          row.id,
        );
        touch.run(commit.at, account);
        return true;
      }),
    reset: (account, folderId) =>
      db.write(() => {
        if (folder.get(folderId, account) !== undefined) forget.run(folderId);
      }),
  };
}

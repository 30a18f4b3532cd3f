import type { FolderId, MessageId } from "../../../shared/model/ids.ts";
import type { FolderDelta, RemoteFolder } from "../../ports/remote.ts";
import type { Collection } from "../../ports/sync-store.ts";
import type { Db } from "../db/database.ts";
import type { Projection } from "../messages/project.ts";
import type { MessageWriter } from "../messages/writer.ts";
import type { Removal } from "../removal.ts";

const MAX_NAME = 500;

type CollectionRow = Omit<Collection, "complete"> & { complete: number };

export interface Hierarchy {
  key(account: number): string;
  commit(account: number, previousKey: string, delta: FolderDelta): boolean;
  reset(account: number): void;
  collections(account: number): Collection[];
}

export function hierarchy(
  db: Db,
  parts: { readonly writer: MessageWriter; readonly view: Projection; readonly removal: Removal },
): Hierarchy {
  const key = db.sql.prepare<[number], string>("SELECT hierarchy_key FROM accounts WHERE n = ?").pluck();
  const setKey = db.sql.prepare("UPDATE accounts SET hierarchy_key = ? WHERE n = ?");
  const put = db.sql.prepare(
    `INSERT INTO folders (account, server_id, parent_server_id, name, role, class) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (account, server_id) DO UPDATE SET parent_server_id = excluded.parent_server_id,
       name = excluded.name, role = excluded.role, class = excluded.class, stale = 0`,
  );
  const markStale = db.sql.prepare<[number]>("UPDATE folders SET stale = 1 WHERE account = ?");
  const stale = db.sql
    .prepare<[number], FolderId>("SELECT id FROM folders WHERE account = ? AND stale = 1")
    .pluck();
  const byServerId = db.sql
    .prepare<[number, string], FolderId>("SELECT id FROM folders WHERE account = ? AND server_id = ?")
    .pluck();
  // Few: only what the user has just done something to. The others go in slices.
  const acted = db.sql
    .prepare<[number, FolderId], MessageId>(
      `SELECT DISTINCT m.id FROM intents i JOIN messages m ON m.id = i.message_id
       WHERE i.account = ? AND m.server_folder_id = ?`,
    )
    .pluck();
  const heading = db.sql
    .prepare<[FolderId], MessageId>(
      "SELECT DISTINCT message_id FROM intents WHERE target_id = ? AND message_id IS NOT NULL",
    )
    .pluck();
  const dropHeading = db.sql.prepare<[FolderId]>("DELETE FROM intents WHERE target_id = ?");
  const dropLost = db.sql.prepare<[FolderId]>("DELETE FROM intents WHERE lost_folder_id = ?");
  const collections = db.sql.prepare<[number], CollectionRow>(
    `SELECT id AS folderId, server_id AS serverId, name, role, class, sync_key AS syncKey, complete, total AS stored
     FROM folders WHERE account = ? ORDER BY id`,
  );

  function save(account: number, folder: RemoteFolder): void {
    const { serverId, parentId, name, role } = folder;
    put.run(account, serverId, parentId, name.slice(0, MAX_NAME), role, folder.class);
  }

  function remove(account: number, folderId: FolderId): void {
    for (const messageId of acted.all(account, folderId)) parts.writer.remove(messageId);
    const coming = heading.all(folderId);
    dropHeading.run(folderId);
    for (const messageId of coming) parts.view.project(messageId);
    dropLost.run(folderId);
    parts.removal.folder(folderId);
  }

  return {
    key: (account) => key.get(account) ?? "0",
    commit: (account, previousKey, delta) =>
      db.write(() => {
        if (key.get(account) !== previousKey) return false;
        for (const folder of delta.added) save(account, folder);
        for (const folder of delta.updated) save(account, folder);
        for (const serverId of delta.deleted) {
          const folderId = byServerId.get(account, serverId);
          if (folderId !== undefined) remove(account, folderId);
        }
        // A FolderSync from 0 names every folder there is.
        if (previousKey === "0") for (const folderId of stale.all(account)) remove(account, folderId);
        setKey.run(delta.syncKey, account);
        if (previousKey === "0" || delta.added.length + delta.updated.length + delta.deleted.length > 0)
          db.changes.topic("folders");
        return true;
      }),
    reset: (account) =>
      db.write(() => {
        setKey.run("0", account);
        markStale.run(account);
      }),
    collections: (account) =>
      collections.all(account).map((row) => ({ ...row, complete: row.complete === 1 })),
  };
}

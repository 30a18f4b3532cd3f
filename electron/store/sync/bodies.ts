import type { FolderId, MessageId } from "../../../shared/model/ids.ts";
import type { RemoteAttachment, RemoteBody } from "../../ports/remote.ts";
import type { BodyWanted } from "../../ports/sync-store.ts";
import type { Db } from "../db/database.ts";
import type { AttachmentList } from "../messages/attachments-list.ts";
import type { BodyWriter } from "../messages/body-writer.ts";
import { previewOf, type SearchIndex } from "../messages/index-text.ts";

interface Owner {
  account: number;
  folder_id: FolderId | null;
  preview: string;
}

export interface BodyRequests {
  wanted(account: number, limit: number): BodyWanted[];
  commit(
    account: number,
    messageId: MessageId,
    body: RemoteBody,
    attachments: readonly RemoteAttachment[] | null,
  ): void;
  failed(account: number, messageId: MessageId, at: number): void;
}

export function bodyRequests(
  db: Db,
  parts: {
    readonly bodies: BodyWriter;
    readonly attachments: AttachmentList;
    readonly index: SearchIndex;
  },
): BodyRequests {
  // The latest first: it is the one somebody looks at.
  const wanted = db.sql.prepare<[number, number], BodyWanted>(
    `SELECT m.id AS messageId, f.server_id AS collectionServerId, m.server_id AS serverId
     FROM body_requests r JOIN messages m ON m.id = r.message_id JOIN folders f ON f.id = m.server_folder_id
     WHERE f.account = ? AND r.failed_at IS NULL AND m.server_id IS NOT NULL
     ORDER BY r.asked_at DESC, m.id DESC LIMIT ?`,
  );
  const owner = db.sql.prepare<[MessageId], Owner>(
    `SELECT f.account, m.folder_id, m.preview FROM messages m JOIN folders f ON f.id = m.server_folder_id WHERE m.id = ?`,
  );
  const answered = db.sql.prepare<[MessageId]>("DELETE FROM body_requests WHERE message_id = ?");
  const failed = db.sql.prepare("UPDATE body_requests SET failed_at = ? WHERE message_id = ?");
  const setPreview = db.sql.prepare("UPDATE messages SET preview = ? WHERE id = ?");

  return {
    wanted: (account, limit) => wanted.all(account, limit),
    commit: (account, messageId, body, attachments) =>
      db.write(() => {
        const row = owner.get(messageId);
        if (row?.account !== account) return;
        parts.bodies.save(messageId, body, "keep-whole");
        if (attachments !== null) parts.attachments.save(messageId, attachments);
        answered.run(messageId);
        const words = parts.bodies.words(messageId);
        if (row.preview === "") setPreview.run(previewOf(words), messageId);
        parts.index.put(messageId, words, false);
        db.changes.message(messageId, row.folder_id);
      }),
    failed: (account, messageId, at) =>
      db.write(() => {
        const row = owner.get(messageId);
        if (row?.account !== account) return;
        failed.run(at, messageId);
        db.changes.message(messageId, row.folder_id);
      }),
  };
}

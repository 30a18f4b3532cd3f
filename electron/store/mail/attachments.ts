import type { AccountId, AttachmentId, MessageId } from "../../../shared/model/ids.ts";
import type { AttachmentSource, AttachmentStore } from "../api.ts";
import type { ChunkStore } from "../chunks.ts";
import type { Db } from "../db/database.ts";
import { REMOVED } from "../removal.ts";

interface Row {
  id: AttachmentId;
  accountId: AccountId;
  messageId: MessageId;
  fileReference: string;
  name: string;
  type: string;
  size: number;
  inline: number;
  contentId: string | null;
  stored: number;
}

const COLUMNS = `t.id, a.id AS accountId, t.message_id AS messageId, t.file_reference AS fileReference,
  t.name, t.type, t.size, t.inline, t.content_id AS contentId, t.stored
  FROM attachments t JOIN messages m ON m.id = t.message_id JOIN folders f ON f.id = m.server_folder_id
  JOIN accounts a ON a.n = f.account AND a.n <> ${REMOVED}`;

export function attachmentStore(db: Db, chunks: ChunkStore): AttachmentStore {
  const one = db.sql.prepare<[AttachmentId], Row>(`SELECT ${COLUMNS} WHERE t.id = ?`);
  const named = db.sql.prepare<[MessageId], Row>(
    `SELECT ${COLUMNS} WHERE t.message_id = ? AND t.content_id IS NOT NULL ORDER BY t.position`,
  );
  const unstore = db.sql.prepare("UPDATE attachments SET stored = 0 WHERE id = ?");
  const store = db.sql.prepare(
    "UPDATE attachments SET stored = 1, size = ?, type = CASE WHEN type = '' THEN coalesce(?, '') ELSE type END WHERE id = ?",
  );

  function changed(row: Row): void {
    db.changes.message(row.messageId, null);
  }

  return {
    get(attachmentId) {
      const row = one.get(attachmentId);
      return row === undefined ? null : source(row);
    },
    byContentId(messageId, contentId) {
      const wanted = bareContentId(contentId);
      const row = named.all(messageId).find((item) => bareContentId(item.contentId ?? "") === wanted);
      return row === undefined ? null : source(row);
    },
    write(attachmentId) {
      const row = one.get(attachmentId);
      if (row === undefined) return null;
      db.write(() => {
        unstore.run(attachmentId);
        chunks.delete(attachmentId);
      });
      const writer = chunks.writer(attachmentId);
      let over = false;
      return {
        append(chunk) {
          // The message may be deleted while its attachment is on the way.
          if (!over && one.get(attachmentId) !== undefined) writer.append(chunk);
        },
        finish(type) {
          if (over) return;
          over = true;
          db.write(() => {
            if (one.get(attachmentId) === undefined) return;
            store.run(writer.end(), type, attachmentId);
            changed(row);
          });
        },
        abort() {
          if (over) return;
          over = true;
          db.write(() => chunks.delete(attachmentId));
        },
      };
    },
    read: (attachmentId) => (one.get(attachmentId)?.stored === 1 ? chunks.read(attachmentId) : null),
  };
}

function source(row: Row): AttachmentSource {
  return {
    attachment: {
      id: row.id,
      name: row.name,
      type: row.type,
      size: row.size,
      inline: row.inline === 1,
      contentId: row.contentId,
      state: row.stored === 1 ? "stored" : "remote",
    },
    accountId: row.accountId,
    messageId: row.messageId,
    fileReference: row.fileReference,
  };
}

function bareContentId(contentId: string): string {
  return contentId.trim().replace(/^<|>$/g, "").toLowerCase();
}

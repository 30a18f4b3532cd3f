import type { MessageId } from "../../../shared/model/ids.ts";
import type { RemoteAttachment } from "../../ports/remote.ts";
import type { Db } from "../db/database.ts";

interface Row {
  id: number;
  file_reference: string;
  name: string;
  type: string;
  size: number;
  inline: number;
  content_id: string | null;
}

/** The attachments that a server names for a message; within the caller's transaction. */
export interface AttachmentList {
  /**
   * Makes the list what the server says. One that is there already keeps its id and bytes: file references
   * change when a message moves, so a same name, size and content id will do. True when attachments came or went.
   */
  save(messageId: MessageId, list: readonly RemoteAttachment[]): boolean;
  list(messageId: MessageId): RemoteAttachment[];
}

export function attachmentList(db: Db): AttachmentList {
  const all = db.sql.prepare<[MessageId], Row>(
    "SELECT id, file_reference, name, type, size, inline, content_id FROM attachments WHERE message_id = ? ORDER BY position",
  );
  const insert = db.sql.prepare(
    `INSERT INTO attachments (message_id, position, file_reference, name, type, size, inline, content_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const update = db.sql.prepare(
    "UPDATE attachments SET position = ?, file_reference = ?, inline = ? WHERE id = ?",
  );
  const remove = db.sql.prepare<[number]>("DELETE FROM attachments WHERE id = ?");
  const mark = db.sql.prepare<[number, MessageId]>("UPDATE messages SET has_attachments = ? WHERE id = ?");

  return {
    save(messageId, list) {
      const left = all.all(messageId);
      let added = false;
      list.forEach((item, position) => {
        const same = (row: Row) =>
          row.name === item.name && row.size === item.size && row.content_id === item.contentId;
        let at = left.findIndex((row) => row.file_reference === item.fileReference && same(row));
        if (at < 0) at = left.findIndex(same);
        const [known] = at < 0 ? [] : left.splice(at, 1);
        if (known === undefined) {
          added = true;
          insert.run(
            messageId,
            position,
            item.fileReference,
            item.name,
            item.type,
            item.size,
            Number(item.inline),
            item.contentId,
          );
        } else update.run(position, item.fileReference, Number(item.inline), known.id);
      });
      for (const row of left) remove.run(row.id);
      if (!added && left.length === 0) return false;
      mark.run(list.some((item) => !item.inline) ? 1 : 0, messageId);
      return true;
    },
    list: (messageId) =>
      all.all(messageId).map((row) => ({
        fileReference: row.file_reference,
        name: row.name,
        type: row.type,
        size: row.size,
        inline: row.inline === 1,
        contentId: row.content_id,
      })),
  };
}

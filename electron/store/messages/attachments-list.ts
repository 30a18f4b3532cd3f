import type { MessageId } from "../../../shared/model/ids.ts";
import type { RemoteAttachment } from "../../ports/remote.ts";
import type { Db } from "../db/database.ts";
import { wholeNumber } from "../numbers.ts";

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

type Identity = Pick<Row, "name" | "size" | "content_id">;

const identity = ({ name, size, content_id }: Identity) => JSON.stringify([name, size, content_id]);
const reference = (file: string, row: Identity) => `${file}\n${identity(row)}`;

/** Rows by a key, in queues whose end is taken first: the first row stands last. */
function inQueues(rows: readonly Row[], key: (row: Row) => string): Map<string, Row[]> {
  const queues = new Map<string, Row[]>();
  for (const row of rows.toReversed()) {
    const name = key(row);
    const queue = queues.get(name);
    if (queue === undefined) queues.set(name, [row]);
    else queue.push(row);
  }
  return queues;
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
      const rows = all.all(messageId);
      const byReference = inQueues(rows, (row) => reference(row.file_reference, row));
      const alike = inQueues(rows, identity);
      const taken = new Set<number>();
      const next = (queue: Row[] | undefined): Row | undefined => {
        while (queue !== undefined && queue.length > 0) {
          const row = queue.pop();
          if (row !== undefined && !taken.has(row.id)) return row;
        }
        return undefined;
      };
      let added = false;
      list.forEach((item, position) => {
        const like = { name: item.name, size: wholeNumber(item.size, 0), content_id: item.contentId };
        const known =
          next(byReference.get(reference(item.fileReference, like))) ?? next(alike.get(identity(like)));
        if (known !== undefined) {
          taken.add(known.id);
          update.run(position, item.fileReference, Number(item.inline), known.id);
          return;
        }
        added = true;
        insert.run(
          messageId,
          position,
          item.fileReference,
          item.name,
          item.type,
          like.size,
          Number(item.inline),
          item.contentId,
        );
      });
      const gone = rows.filter(({ id }) => !taken.has(id));
      for (const { id } of gone) remove.run(id);
      if (!added && gone.length === 0) return false;
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

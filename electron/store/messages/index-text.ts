import type { MessageId } from "../../../shared/model/ids.ts";
import type { Db } from "../db/database.ts";
import { readAddresses } from "../json.ts";
import { indexable } from "../search-text.ts";

/** Bodies are read up to here, in characters, before and after HTML is made text. */
const MAX_HTML = 1_000_000;
const MAX_TEXT = 200_000;
const PREVIEW_CHARS = 200;

interface Words {
  from_name: string;
  from_email: string;
  subject: string;
  to_json: string;
  cc_json: string;
  has_attachments: number;
}

/**
 * The full-text index; every call is within the caller's transaction. The index itself is written last in
 * it, all messages together: any statement with a trigger makes FTS5 write out what it has gathered, and
 * doing that for every message made a sync several times slower.
 */
export interface SearchIndex {
  /** Indexes a message as it is stored now. `text`: its body's words. `fresh`: it has no entry yet. */
  put(messageId: MessageId, text: string, fresh: boolean): void;
  delete(messageId: MessageId): void;
  /** The words of a body, bounded. */
  words(kind: string, data: string): string;
}

export function previewOf(words: string): string {
  return words
    .slice(0, 4 * PREVIEW_CHARS)
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, PREVIEW_CHARS);
}

export function searchIndex(db: Db, indexText: (html: string) => string): SearchIndex {
  const words = db.sql.prepare<[MessageId], Words>(
    `SELECT from_name, from_email, subject, to_json, cc_json, has_attachments
     FROM messages JOIN message_details ON message_id = id WHERE id = ?`,
  );
  const names = db.sql
    .prepare<[MessageId], string | null>(
      "SELECT group_concat(name, ' ') FROM attachments WHERE message_id = ? AND inline = 0",
    )
    .pluck();
  const insert = db.sql.prepare(
    "INSERT INTO search (rowid, sender, recipients, subject, body, attachments) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const remove = db.sql.prepare<[MessageId]>("DELETE FROM search WHERE rowid = ?");

  /** What the index is to learn before the transaction ends; null: to forget. */
  const waiting = new Map<MessageId, { text: string; fresh: boolean } | null>();

  function write(messageId: MessageId, text: string, fresh: boolean): void {
    const row = words.get(messageId);
    if (!fresh) remove.run(messageId);
    if (row === undefined) return;
    const recipients = [...readAddresses(row.to_json), ...readAddresses(row.cc_json)];
    insert.run(
      messageId,
      indexable(`${row.from_name} ${row.from_email}`),
      indexable(recipients.map(({ name, email }) => `${name} ${email}`).join(" ")),
      indexable(row.subject),
      indexable(text),
      row.has_attachments === 0 ? "" : indexable(names.get(messageId) ?? ""),
    );
  }

  db.beforeCommit({
    run() {
      for (const [messageId, entry] of waiting)
        if (entry === null) remove.run(messageId);
        else write(messageId, entry.text, entry.fresh);
      waiting.clear();
    },
    discard: () => waiting.clear(),
  });

  return {
    put(messageId, text, fresh) {
      waiting.set(messageId, { text, fresh: fresh || waiting.get(messageId)?.fresh === true });
    },
    delete(messageId) {
      if (waiting.get(messageId)?.fresh) waiting.delete(messageId);
      else waiting.set(messageId, null);
    },
    words(kind, data) {
      const start = data.slice(0, MAX_HTML);
      return (kind === "html" ? indexText(start) : start).slice(0, MAX_TEXT);
    },
  };
}

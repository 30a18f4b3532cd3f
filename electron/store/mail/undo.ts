import type { MessageId } from "../../../shared/model/ids.ts";
import type { Clock } from "../../ports/basics.ts";
import type { Db } from "../db/database.ts";

/** An action can be taken back for this long, and as one of this many latest. */
const KEPT_MS = 60 * 60 * 1000;
const KEPT = 50;

type UndoKind = "read" | "flag" | "place";

interface UndoItem {
  message_id: MessageId;
  was: number;
}

/** What messages were before the user's last actions; within the caller's transaction. */
export interface UndoLog {
  /** The token; 0 when there is nothing to take back. */
  write(kind: UndoKind, before: readonly (readonly [MessageId, number])[]): number;
  /** The entry, which is then used up; null when it is unknown or too old. */
  take(token: number): { kind: UndoKind; items: UndoItem[] } | null;
}

export function undoLog(db: Db, clock: Clock): UndoLog {
  const insert = db.sql.prepare("INSERT INTO undo (kind, created_at) VALUES (?, ?)");
  const insertItem = db.sql.prepare("INSERT INTO undo_items (token, message_id, was) VALUES (?, ?, ?)");
  const prune = db.sql.prepare("DELETE FROM undo WHERE created_at < ? OR token <= ?");
  const find = db.sql
    .prepare<[number, number], UndoKind>("SELECT kind FROM undo WHERE token = ? AND created_at >= ?")
    .pluck();
  const items = db.sql.prepare<[number], UndoItem>(
    "SELECT message_id, was FROM undo_items WHERE token = ? ORDER BY message_id",
  );
  const drop = db.sql.prepare("DELETE FROM undo WHERE token = ?");

  return {
    write(kind, before) {
      if (before.length === 0) return 0;
      const now = clock.now();
      const token = Number(insert.run(kind, now).lastInsertRowid);
      for (const [messageId, was] of before) insertItem.run(token, messageId, was);
      prune.run(now - KEPT_MS, token - KEPT);
      return token;
    },
    take(token) {
      const kind = find.get(token, clock.now() - KEPT_MS);
      if (kind === undefined) return null;
      const list = items.all(token);
      drop.run(token);
      return { kind, items: list };
    },
  };
}

import type { FolderId, MessageId } from "../../../shared/model/ids.ts";
import type { Db } from "../db/database.ts";
import type { IntentRow, Projection } from "./project.ts";

/** Writes and withdraws intents about one message. Every call is within the caller's transaction. */
export interface IntentLog {
  set(account: number, messageId: MessageId, change: { read?: boolean; flagged?: boolean }): void;
  move(account: number, messageId: MessageId, target: FolderId): void;
  delete(account: number, messageId: MessageId): void;
  /** Takes a delete back that sync has not seen; false when it has. */
  undelete(messageId: MessageId): boolean;
}

/**
 * An intent that sync has not been handed yet is changed in place, and goes away when it would change
 * nothing. One that was handed may be on its way: the new wish then follows it.
 */
export function intentLog(db: Db, view: Projection): IntentLog {
  const insert = db.sql.prepare(
    "INSERT INTO intents (account, message_id, kind, read, flagged, target_id) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const updateSet = db.sql.prepare("UPDATE intents SET read = ?, flagged = ? WHERE id = ?");
  const updateMove = db.sql.prepare("UPDATE intents SET target_id = ? WHERE id = ?");
  const drop = db.sql.prepare<[number]>("DELETE FROM intents WHERE id = ?");

  function waiting(list: readonly IntentRow[], kind: IntentRow["kind"]): IntentRow | undefined {
    return list.find((intent) => intent.kind === kind && intent.handed === 0);
  }

  return {
    set(account, messageId, change) {
      const list = view.intentsOf(messageId);
      const mine = waiting(list, "set");
      const before = view.stateAfter(
        messageId,
        mine === undefined ? list : list.slice(0, list.indexOf(mine)),
      );
      if (before === null) return;
      const wanted = (now: boolean | undefined, old: number | null | undefined, base: number) => {
        const value = now === undefined ? (old ?? null) : Number(now);
        return value === base ? null : value;
      };
      const read = wanted(change.read, mine?.read, before.read);
      const flagged = wanted(change.flagged, mine?.flagged, before.flagged);
      const empty = read === null && flagged === null;
      if (mine === undefined && !empty) insert.run(account, messageId, "set", read, flagged, null);
      if (mine !== undefined && empty) drop.run(mine.id);
      if (mine !== undefined && !empty) updateSet.run(read, flagged, mine.id);
      view.project(messageId);
    },
    move(account, messageId, target) {
      const list = view.intentsOf(messageId);
      const mine = waiting(list, "move");
      const before = view.stateAfter(
        messageId,
        mine === undefined ? list : list.slice(0, list.indexOf(mine)),
      );
      if (before === null) return;
      const empty = before.folder === target;
      if (mine === undefined && !empty) insert.run(account, messageId, "move", null, null, target);
      if (mine !== undefined && empty) drop.run(mine.id);
      if (mine !== undefined && !empty) updateMove.run(target, mine.id);
      view.project(messageId);
    },
    delete(account, messageId) {
      if (view.intentsOf(messageId).some((intent) => intent.kind === "delete")) return;
      insert.run(account, messageId, "delete", null, null, null);
      view.project(messageId);
    },
    undelete(messageId) {
      const mine = waiting(view.intentsOf(messageId), "delete");
      if (mine === undefined) return false;
      drop.run(mine.id);
      view.project(messageId);
      return true;
    },
  };
}

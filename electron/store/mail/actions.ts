import type { FolderId, MessageId } from "../../../shared/model/ids.ts";
import type { Undo } from "../api.ts";
import type { Db } from "../db/database.ts";
import type { IntentLog } from "../messages/intents.ts";
import { REMOVED } from "../removal.ts";
import type { UndoLog } from "./undo.ts";

interface Target {
  account: number;
  folder_id: FolderId;
  read: number;
  flagged: number;
}

export interface Actions {
  setRead(ids: readonly MessageId[], read: boolean): Undo;
  setFlag(ids: readonly MessageId[], flagged: boolean): Undo;
  move(ids: readonly MessageId[], folderId: FolderId): Undo | null;
  remove(ids: readonly MessageId[]): Undo;
  undo(token: number): boolean;
}

/** What a user does to messages: intents, their visible effect and how to take it back, in one transaction. */
export function actions(db: Db, intents: IntentLog, log: UndoLog): Actions {
  const target = db.sql.prepare<[MessageId], Target>(
    `SELECT f.account, m.folder_id, m.read, m.flagged
     FROM messages m JOIN folders f ON f.id = m.folder_id
     WHERE m.id = ? AND f.account <> ${REMOVED}`,
  );
  const accountOf = db.sql
    .prepare<[MessageId], number>(
      `SELECT f.account FROM messages m JOIN folders f ON f.id = m.server_folder_id
       WHERE m.id = ? AND f.account <> ${REMOVED}`,
    )
    .pluck();
  const mailFolder = db.sql
    .prepare<[FolderId], number>(
      `SELECT account FROM folders WHERE id = ? AND class = 'mail' AND account <> ${REMOVED}`,
    )
    .pluck();
  const trash = db.sql
    .prepare<[number], FolderId>(
      "SELECT id FROM folders WHERE account = ? AND role = 'trash' AND class = 'mail' ORDER BY id",
    )
    .pluck();

  /** Runs `act` for each message that is shown; it answers what the message was before, or null for no change. */
  function each(
    kind: "read" | "flag" | "place",
    ids: readonly MessageId[],
    act: (id: MessageId, now: Target) => number | null,
  ): Undo {
    return db.durable(() => {
      const before: [MessageId, number][] = [];
      for (const id of new Set(ids)) {
        const now = target.get(id);
        const was = now === undefined ? null : act(id, now);
        if (now === undefined || was === null) continue;
        before.push([id, was]);
        db.changes.work(now.account);
      }
      return { token: log.write(kind, before), count: before.length };
    });
  }

  function take(kind: "read" | "flag" | "place", id: MessageId, was: number): boolean {
    const account = accountOf.get(id);
    if (account === undefined) return false;
    db.changes.work(account);
    if (kind === "read") intents.set(account, id, { read: was === 1 });
    else if (kind === "flag") intents.set(account, id, { flagged: was === 1 });
    else if (target.get(id) === undefined) return intents.undelete(id);
    else if (mailFolder.get(was as FolderId) === account) intents.move(account, id, was as FolderId);
    else return false;
    return true;
  }

  return {
    setRead: (ids, read) =>
      each("read", ids, (id, now) => {
        if (now.read === Number(read)) return null;
        intents.set(now.account, id, { read });
        return now.read;
      }),
    setFlag: (ids, flagged) =>
      each("flag", ids, (id, now) => {
        if (now.flagged === Number(flagged)) return null;
        intents.set(now.account, id, { flagged });
        return now.flagged;
      }),
    move(ids, folderId) {
      const account = mailFolder.get(folderId);
      if (account === undefined) return null;
      if (ids.some((id) => (accountOf.get(id) ?? account) !== account)) return null;
      return each("place", ids, (id, now) => {
        if (now.folder_id === folderId) return null;
        intents.move(account, id, folderId);
        return now.folder_id;
      });
    },
    remove: (ids) =>
      each("place", ids, (id, now) => {
        const bin = trash.get(now.account);
        if (bin === undefined || bin === now.folder_id) intents.delete(now.account, id);
        else intents.move(now.account, id, bin);
        return now.folder_id;
      }),
    undo: (token) =>
      db.durable(() => {
        const entry = log.take(token);
        if (entry === null) return false;
        let taken = 0;
        for (const item of entry.items) if (take(entry.kind, item.message_id, item.was)) taken += 1;
        return taken > 0;
      }),
  };
}

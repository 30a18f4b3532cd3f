import type { FolderId, MessageId } from "../../../shared/model/ids.ts";
import type { Intent, IntentVerdict } from "../../ports/sync-store.ts";
import type { Db } from "../db/database.ts";
import type { IntentRow, Projection } from "../messages/project.ts";
import type { MessageWriter } from "../messages/writer.ts";
import type { Moves } from "./moves.ts";

interface HandedRow {
  id: number;
  kind: "set" | "move" | "delete";
  message_id: MessageId;
  server_id: string;
  folder_id: FolderId;
  folder_server_id: string;
  target_id: FolderId | null;
  target_server_id: string | null;
  read: number | null;
  flagged: number | null;
  handed: number;
}

export interface IntentQueue {
  next(account: number, limit: number): Intent[];
  /** Within the caller's transaction. */
  settle(account: number, verdicts: readonly IntentVerdict[]): void;
  count(account: number): number;
}

export function intentQueue(
  db: Db,
  parts: { readonly view: Projection; readonly writer: MessageWriter; readonly moves: Moves },
): IntentQueue {
  // One per message at a time: a second wish may need the id that the first one brings.
  const next = db.sql.prepare<[number, number], HandedRow>(
    `SELECT i.id, i.kind, i.message_id, m.server_id, f.id AS folder_id, f.server_id AS folder_server_id,
       i.target_id, t.server_id AS target_server_id, i.read, i.flagged, i.handed
     FROM intents i JOIN messages m ON m.id = i.message_id JOIN folders f ON f.id = m.server_folder_id
       LEFT JOIN folders t ON t.id = i.target_id
     WHERE i.account = ? AND m.server_id IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM intents e WHERE e.message_id = i.message_id AND e.id < i.id)
     ORDER BY i.id LIMIT ?`,
  );
  const hand = db.sql.prepare<[number]>("UPDATE intents SET handed = 1 WHERE id = ?");
  const one = db.sql.prepare<[number, number], IntentRow>(
    `SELECT id, account, message_id, kind, read, flagged, target_id, handed FROM intents
     WHERE id = ? AND account = ? AND message_id IS NOT NULL`,
  );
  const drop = db.sql.prepare<[number]>("DELETE FROM intents WHERE id = ?");
  const confirm = db.sql.prepare(
    `UPDATE messages SET server_read = coalesce(?, server_read), server_flagged = coalesce(?, server_flagged)
     WHERE id = ?`,
  );
  const count = db.sql.prepare<[number], number>("SELECT count(*) FROM intents WHERE account = ?").pluck();

  function settleOne(account: number, verdict: IntentVerdict): void {
    const intent = one.get(verdict.intentId, account);
    // Settled before, withdrawn, or the message is gone.
    if (intent === undefined) return;
    const { message_id: messageId } = intent;
    if (verdict.verdict === "gone") {
      if (!parts.moves.leftBehind(messageId)) parts.writer.remove(messageId);
      return;
    }
    drop.run(intent.id);
    if (verdict.verdict === "revert") {
      if (intent.kind === "move") parts.moves.freeTwin(messageId);
      parts.view.project(messageId);
    } else if (intent.kind === "delete") parts.writer.remove(messageId);
    else if (intent.kind === "move" && intent.target_id !== null)
      parts.moves.arrived(messageId, intent.target_id, verdict.newServerId ?? null);
    else {
      confirm.run(intent.read, intent.flagged, messageId);
      parts.view.project(messageId);
    }
  }

  return {
    next(account, limit) {
      const rows = next.all(account, limit);
      const fresh = rows.filter((row) => row.handed === 0);
      if (fresh.length > 0)
        db.write(() => {
          for (const row of fresh) hand.run(row.id);
        });
      return rows.flatMap(asIntent);
    },
    settle(account, verdicts) {
      for (const verdict of verdicts) settleOne(account, verdict);
    },
    count: (account) => count.get(account) ?? 0,
  };
}

function asIntent(row: HandedRow): Intent[] {
  const common = {
    id: row.id,
    folderId: row.folder_id,
    messageId: row.message_id,
    serverId: row.server_id,
  };
  if (row.kind === "delete") return [{ ...common, kind: "delete" }];
  if (row.kind === "set")
    return [
      {
        ...common,
        kind: "set",
        ...(row.read === null ? {} : { read: row.read === 1 }),
        ...(row.flagged === null ? {} : { flagged: row.flagged === 1 }),
      },
    ];
  if (row.target_id === null || row.target_server_id === null) return [];
  return [
    {
      ...common,
      kind: "move",
      targetId: row.target_id,
      fromServerId: row.folder_server_id,
      toServerId: row.target_server_id,
    },
  ];
}

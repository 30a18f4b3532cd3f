import type { DraftId } from "../../../shared/model/ids.ts";
import type { OutgoingMessage } from "../../ports/remote.ts";
import type { OutboxEntry } from "../../ports/sync-store.ts";
import type { ChunkStore } from "../chunks.ts";
import type { Db } from "../db/database.ts";

interface OutboxRow {
  draft_id: DraftId;
  state: "queued" | "sending";
  not_before: number;
  attempts: number;
  client_id: string;
  kind: OutgoingMessage["kind"];
  collection: string | null;
  server_id: string | null;
  size: number;
}

export interface OutboxQueue {
  next(account: number, now: number): { entry: OutboxEntry | null; dueAt: number | null };
  sending(account: number, draftId: DraftId): void;
  sent(account: number, draftId: DraftId): void;
  failed(account: number, draftId: DraftId, reason: string, retryAt: number | null): void;
  count(account: number): number;
}

export function outboxQueue(db: Db, chunks: ChunkStore): OutboxQueue {
  // Where the answered message is now; where it was when the answer was queued, once it is not here any more.
  const next = db.sql.prepare<[number, number], OutboxRow>(
    `SELECT o.draft_id, o.state, o.not_before, o.attempts, o.client_id, o.kind, o.size,
       CASE WHEN f.id IS NULL THEN o.source_collection ELSE f.server_id END AS collection,
       CASE WHEN f.id IS NULL THEN o.source_server_id ELSE m.server_id END AS server_id
     FROM outbox o JOIN drafts d ON d.id = o.draft_id
       LEFT JOIN messages m ON m.id = d.source_id LEFT JOIN folders f ON f.id = m.server_folder_id AND f.account = o.account
     WHERE o.account = ? AND o.state <> 'failed' AND o.not_before <= ?
     ORDER BY o.queued_at, o.draft_id LIMIT 1`,
  );
  const due = db.sql
    .prepare<[number], number | null>(
      "SELECT min(not_before) FROM outbox WHERE account = ? AND state <> 'failed'",
    )
    .pluck();
  const sending = db.sql.prepare(
    "UPDATE outbox SET state = 'sending', reason = NULL, attempts = attempts + 1 WHERE draft_id = ? AND account = ?",
  );
  const sent = db.sql.prepare(
    "DELETE FROM drafts WHERE id = ? AND EXISTS (SELECT 1 FROM outbox WHERE draft_id = drafts.id AND account = ?)",
  );
  const failed = db.sql.prepare(
    "UPDATE outbox SET state = ?, reason = ?, not_before = coalesce(?, not_before) WHERE draft_id = ? AND account = ?",
  );
  const count = db.sql
    .prepare<[number], number>("SELECT count(*) FROM outbox WHERE account = ? AND state <> 'failed'")
    .pluck();

  function message(row: OutboxRow): OutgoingMessage {
    const source =
      row.collection === null || row.server_id === null
        ? null
        : { collectionId: row.collection, serverId: row.server_id };
    return {
      clientId: row.client_id,
      kind: row.kind,
      source,
      size: row.size,
      async *open() {
        yield* chunks.read(row.draft_id);
      },
    };
  }

  return {
    next(account, now) {
      const row = next.get(account, now);
      if (row === undefined) return { entry: null, dueAt: due.get(account) ?? null };
      const { draft_id: draftId, state, not_before: notBefore, attempts } = row;
      return { entry: { draftId, state, notBefore, attempts, message: message(row) }, dueAt: notBefore };
    },
    sending: (account, draftId) =>
      db.durable(() => {
        sending.run(draftId, account);
        db.changes.topic("outbox");
      }),
    sent: (account, draftId) =>
      db.durable(() => {
        sent.run(draftId, account);
        db.changes.topic("outbox");
      }),
    failed: (account, draftId, reason, retryAt) =>
      db.durable(() => {
        failed.run(retryAt === null ? "failed" : "queued", reason, retryAt, draftId, account);
        db.changes.topic("outbox");
      }),
    count: (account) => count.get(account) ?? 0,
  };
}

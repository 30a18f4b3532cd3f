import type { AccountId, DraftId } from "../../../shared/model/ids.ts";
import type { OutboxItem } from "../../../shared/model/mail.ts";
import type { Clock } from "../../ports/basics.ts";
import type { DraftStore } from "../api.ts";
import type { ChunkStore } from "../chunks.ts";
import type { Db } from "../db/database.ts";
import { readAddresses } from "../json.ts";
import type { Drafts } from "./drafts.ts";

const MAX_CLIENT_ID = 40; // MS-ASCMD 2.2.3.28.3 ClientId

interface ItemRow {
  id: DraftId;
  accountId: AccountId;
  subject: string;
  to_json: string;
  queuedAt: number;
  state: OutboxItem["state"];
  reason: string | null;
}

interface StateRow {
  account: number;
  state: OutboxItem["state"];
}

/** The user's side of the outbox; sync's side is `sync/outbox.ts`. */
export function draftStore(db: Db, clock: Clock, drafts: Drafts, chunks: ChunkStore): DraftStore {
  const items = db.sql.prepare<[], ItemRow>(
    `SELECT d.id, a.id AS accountId, d.subject, d.to_json, o.queued_at AS queuedAt, o.state, o.reason
     FROM outbox o JOIN drafts d ON d.id = o.draft_id JOIN accounts a ON a.n = o.account
     ORDER BY o.queued_at, d.id`,
  );
  const insert = db.sql.prepare(
    `INSERT INTO outbox (draft_id, account, state, queued_at, not_before, client_id, kind,
       source_collection, source_server_id, size)
     SELECT d.id, d.account, 'queued', ?, ?, ?, ?, f.server_id, m.server_id, 0
     FROM drafts d LEFT JOIN messages m ON m.id = d.source_id LEFT JOIN folders f ON f.id = m.server_folder_id AND f.account = d.account
     WHERE d.id = ?`,
  );
  const size = db.sql.prepare("UPDATE outbox SET size = ? WHERE draft_id = ?");
  const state = db.sql.prepare<[DraftId], StateRow>("SELECT account, state FROM outbox WHERE draft_id = ?");
  const unqueue = db.sql.prepare("DELETE FROM outbox WHERE draft_id = ?");
  const drop = db.sql.prepare("DELETE FROM drafts WHERE id = ?");
  const due = db.sql.prepare(
    "UPDATE outbox SET state = 'queued', reason = NULL, not_before = ? WHERE draft_id = ? AND state <> 'sending'",
  );

  function changed(): void {
    db.changes.topic("drafts");
    db.changes.topic("outbox");
  }

  const { put: _, ...shared } = drafts;
  return {
    ...shared,
    discard: (draftId) =>
      db.durable(() => {
        if (state.get(draftId)?.state === "sending") return false;
        if (drop.run(draftId).changes === 0) return false;
        changed();
        return true;
      }),
    queue: (draftId, request) =>
      db.durable(() => {
        if (request.clientId.length > MAX_CLIENT_ID) throw new Error("drafts.queue: client id too long");
        if (!drafts.put(draftId, request.content)) return false;
        insert.run(clock.now(), request.notBefore, request.clientId, request.kind, draftId);
        size.run(chunks.put(draftId, request.mime), draftId);
        changed();
        const account = state.get(draftId)?.account;
        if (account !== undefined) db.changes.work(account);
        return true;
      }),
    outbox: () => items.all().map(({ to_json, ...item }) => ({ ...item, to: readAddresses(to_json) })),
    recall: (draftId) =>
      db.durable(() => {
        const row = state.get(draftId);
        if (row === undefined) return "not-found";
        if (row.state === "sending") return "too-late";
        unqueue.run(draftId);
        changed();
        return drafts.get(draftId) ?? "not-found";
      }),
    retry: (draftId) =>
      db.durable(() => {
        const row = state.get(draftId);
        if (row === undefined) return false;
        due.run(clock.now(), draftId);
        changed();
        db.changes.work(row.account);
        return true;
      }),
  };
}

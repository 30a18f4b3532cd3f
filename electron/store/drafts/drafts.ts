import type { AccountId, AttachmentId, DraftId, MessageId } from "../../../shared/model/ids.ts";
import type { ComposeMode, Draft, DraftContent } from "../../../shared/model/mail.ts";
import type { Clock } from "../../ports/basics.ts";
import type { DraftStore } from "../api.ts";
import type { ChunkStore } from "../chunks.ts";
import type { Db } from "../db/database.ts";
import { addressesJson, readAddresses } from "../json.ts";

interface DraftRow {
  id: DraftId;
  account_id: AccountId;
  mode: ComposeMode;
  source_id: MessageId | null;
  to_json: string;
  cc_json: string;
  bcc_json: string;
  subject: string;
  html: string;
  saved_at: number;
}

/** Drafts without the outbox. */
export type Drafts = Omit<DraftStore, "queue" | "outbox" | "recall" | "retry" | "discard"> & {
  /** Within the caller's transaction; whether the draft was one that can be saved. */
  put(draftId: DraftId, content: DraftContent): boolean;
};

export function drafts(db: Db, clock: Clock, chunks: ChunkStore): Drafts {
  const columns = `d.id, a.id AS account_id, d.mode, d.source_id, d.to_json, d.cc_json, d.bcc_json, d.subject,
    d.html, d.saved_at FROM drafts d JOIN accounts a ON a.n = d.account`;
  const one = db.sql.prepare<[DraftId], DraftRow>(`SELECT ${columns} WHERE d.id = ?`);
  const list = db.sql.prepare<[], DraftRow>(
    `SELECT ${columns} WHERE d.id NOT IN (SELECT draft_id FROM outbox) ORDER BY d.saved_at DESC, d.id DESC`,
  );
  const files = db.sql.prepare<[DraftId], Draft["attachments"][number]>(
    "SELECT id, name, type, size FROM draft_attachments WHERE draft_id = ? ORDER BY id",
  );
  const account = db.sql.prepare<[AccountId], number>("SELECT n FROM accounts WHERE id = ?").pluck();
  const insert = db.sql.prepare(
    `INSERT INTO drafts (account, mode, source_id, to_json, cc_json, bcc_json, subject, html, saved_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const update = db.sql.prepare(
    `UPDATE drafts SET to_json = ?, cc_json = ?, bcc_json = ?, subject = ?, html = ?, saved_at = ?
     WHERE id = ? AND id NOT IN (SELECT draft_id FROM outbox)`,
  );
  const attach = db.sql.prepare(
    "INSERT INTO draft_attachments (draft_id, name, type, size) VALUES (?, ?, ?, ?)",
  );
  const copy = db.sql.prepare(
    `INSERT INTO draft_attachments (draft_id, name, type, size)
     SELECT ?, name, type, size FROM attachments WHERE id = ? AND stored = 1`,
  );
  const copyChunks = db.sql.prepare(
    "INSERT INTO draft_attachment_chunks (owner, seq, data) SELECT ?, seq, data FROM attachment_chunks WHERE owner = ?",
  );
  const detach = db.sql.prepare("DELETE FROM draft_attachments WHERE id = ? AND draft_id = ?");
  const fileKnown = db.sql.prepare<[number]>("SELECT 1 FROM draft_attachments WHERE id = ?");
  const editable = db.sql.prepare<[DraftId]>(
    "SELECT 1 FROM drafts WHERE id = ? AND id NOT IN (SELECT draft_id FROM outbox)",
  );

  function get(draftId: DraftId): Draft | null {
    const row = one.get(draftId);
    return row === undefined ? null : draft(row);
  }

  function draft(row: DraftRow): Draft {
    return {
      id: row.id,
      accountId: row.account_id,
      mode: row.mode,
      sourceId: row.source_id,
      to: readAddresses(row.to_json),
      cc: readAddresses(row.cc_json),
      bcc: readAddresses(row.bcc_json),
      subject: row.subject,
      html: row.html,
      attachments: files.all(row.id),
      savedAt: row.saved_at,
    };
  }

  function put(draftId: DraftId, content: DraftContent): boolean {
    db.changes.topic("drafts");
    return (
      update.run(
        addressesJson(content.to),
        addressesJson(content.cc),
        addressesJson(content.bcc),
        content.subject,
        content.html,
        clock.now(),
        draftId,
      ).changes > 0
    );
  }

  /** Runs `change` on a draft that can be changed; answers the draft after it. */
  function edit(draftId: DraftId, change: () => boolean): Draft | null {
    return db.durable(() => {
      if (editable.get(draftId) === undefined || !change()) return null;
      db.changes.topic("drafts");
      return get(draftId);
    });
  }

  return {
    get,
    put,
    list: () => list.all().map(draft),
    create: ({ accountId, mode, sourceId, content }) =>
      db.durable(() => {
        const n = account.get(accountId);
        if (n === undefined) throw new Error("drafts.create: there is no such account");
        const done = insert.run(
          n,
          mode,
          sourceId,
          addressesJson(content.to),
          addressesJson(content.cc),
          addressesJson(content.bcc),
          content.subject,
          content.html,
          clock.now(),
        );
        db.changes.topic("drafts");
        const made = get(Number(done.lastInsertRowid) as DraftId);
        if (made === null) throw new Error("drafts.create: the new draft is missing");
        return made;
      }),
    save: (draftId, content) => db.durable(() => (put(draftId, content) ? clock.now() : null)),
    attach: (draftId, file) =>
      edit(draftId, () => {
        const done = attach.run(draftId, file.name, file.type, file.bytes.byteLength);
        chunks.put(Number(done.lastInsertRowid), [file.bytes]);
        return true;
      }),
    attachStored: (draftId, attachmentId: AttachmentId) =>
      edit(draftId, () => {
        const done = copy.run(draftId, attachmentId);
        if (done.changes === 0) return false;
        copyChunks.run(done.lastInsertRowid, attachmentId);
        return true;
      }),
    detach: (draftId, attachmentId) => edit(draftId, () => detach.run(attachmentId, draftId).changes > 0),
    readAttachment: (attachmentId) =>
      fileKnown.get(attachmentId) === undefined ? null : chunks.read(attachmentId),
  };
}

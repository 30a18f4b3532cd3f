import type { AccountId, AttachmentId, FolderId, MessageId } from "../../../shared/model/ids.ts";
import type { Attachment, FolderNode, FolderRole, MessageView } from "../../../shared/model/mail.ts";
import type { Clock } from "../../ports/basics.ts";
import type { Db } from "../db/database.ts";
import { readAddresses, readMeeting } from "../json.ts";
import type { BodyWriter } from "../messages/body-writer.ts";
import { REMOVED } from "../removal.ts";
import { LISTED_COLUMNS, type ListedRow, messageRow } from "./rows.ts";

/** For this long after a failed fetch the body is shown as missing instead of asked for again. */
const FAILURE_SHOWN_MS = 30_000;

interface OpenedRow extends ListedRow {
  account: number;
  to_json: string;
  cc_json: string;
  reply_to_json: string;
  meeting_json: string | null;
}

interface FolderRow {
  id: FolderId;
  accountId: AccountId;
  parentId: FolderId | null;
  name: string;
  role: FolderRole;
  unread: number;
  total: number;
}

interface AttachmentRow {
  id: AttachmentId;
  name: string;
  type: string;
  size: number;
  inline: number;
  content_id: string | null;
  stored: number;
}

export interface Reading {
  folders(): FolderNode[];
  open(messageId: MessageId): MessageView | null;
  wantBody(messageId: MessageId): boolean;
}

export function reading(db: Db, clock: Clock, bodies: BodyWriter): Reading {
  const folders = db.sql.prepare<[], FolderRow>(
    `SELECT f.id, a.id AS accountId, p.id AS parentId, f.name, f.role, f.unread, f.total
     FROM folders f JOIN accounts a ON a.n = f.account
       LEFT JOIN folders p ON p.account = f.account AND p.server_id = f.parent_server_id AND p.class = 'mail'
     WHERE f.class = 'mail' AND f.account <> ${REMOVED} ORDER BY f.account, f.id`,
  );
  const opened = db.sql.prepare<[MessageId], OpenedRow>(
    `SELECT ${LISTED_COLUMNS}, f.account, d.to_json, d.cc_json, d.reply_to_json, d.meeting_json
     FROM messages m JOIN folders f ON f.id = m.folder_id JOIN accounts a ON a.n = f.account
       JOIN message_details d ON d.message_id = m.id WHERE m.id = ? AND f.account <> ${REMOVED}`,
  );
  const attachments = db.sql.prepare<[MessageId], AttachmentRow>(
    `SELECT id, name, type, size, inline, content_id, stored FROM attachments
     WHERE message_id = ? ORDER BY position`,
  );
  const request = db.sql.prepare<[MessageId], { failed_at: number | null }>(
    "SELECT failed_at FROM body_requests WHERE message_id = ?",
  );
  const ask = db.sql.prepare(
    `INSERT INTO body_requests (message_id, asked_at) VALUES (?, ?)
     ON CONFLICT (message_id) DO UPDATE SET asked_at = excluded.asked_at, failed_at = NULL`,
  );
  const accountOf = db.sql
    .prepare<[MessageId], number>(
      `SELECT f.account FROM messages m JOIN folders f ON f.id = m.folder_id
       WHERE m.id = ? AND f.account <> ${REMOVED}`,
    )
    .pluck();

  function want(messageId: MessageId, account: number): void {
    db.write(() => {
      ask.run(messageId, clock.now());
      db.changes.work(account);
    });
  }

  function missing(messageId: MessageId, account: number): MessageView["body"] {
    const asked = request.get(messageId);
    const failedAt = asked?.failed_at ?? null;
    if (failedAt !== null && clock.now() - failedAt < FAILURE_SHOWN_MS)
      return { kind: "missing", reason: "offline" };
    if (asked === undefined || failedAt !== null) want(messageId, account);
    return { kind: "missing", reason: "loading" };
  }

  function body(messageId: MessageId, account: number): MessageView["body"] {
    const stored = bodies.read(messageId);
    if (stored === null) return missing(messageId, account);
    const truncated = stored.truncated === 1;
    return stored.kind === "html"
      ? { kind: "html", html: stored.data, truncated }
      : { kind: "text", text: stored.data, truncated };
  }

  return {
    folders: () => folders.all(),
    open(messageId) {
      const row = opened.get(messageId);
      if (row === undefined) return null;
      return {
        row: messageRow(row),
        to: readAddresses(row.to_json),
        cc: readAddresses(row.cc_json),
        replyTo: readAddresses(row.reply_to_json),
        body: body(messageId, row.account),
        attachments: attachments.all(messageId).map(attachment),
        meeting: readMeeting(row.meeting_json),
      };
    },
    wantBody(messageId) {
      const account = accountOf.get(messageId);
      if (account === undefined) return false;
      want(messageId, account);
      return true;
    },
  };
}

function attachment(row: AttachmentRow): Attachment {
  return {
    id: row.id,
    name: row.name,
    type: row.type,
    size: row.size,
    inline: row.inline === 1,
    contentId: row.content_id,
    state: row.stored === 1 ? "stored" : "remote",
  };
}

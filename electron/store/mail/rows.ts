import type { AccountId, FolderId, MessageId } from "../../../shared/model/ids.ts";
import type { MessageRow } from "../../../shared/model/mail.ts";

/** A listing row as it comes from the database. */
export interface ListedRow {
  id: MessageId;
  account_id: AccountId;
  folder_id: FolderId;
  from_name: string;
  from_email: string;
  to_text: string;
  subject: string;
  preview: string;
  date: number;
  read: number;
  flagged: number;
  has_attachments: number;
  invitation: number;
  answered: number;
  pending: number;
}

/** The columns of a `ListedRow`; needs messages as m, folders as f and accounts as a. */
export const LISTED_COLUMNS = `m.id, a.id AS account_id, m.folder_id, m.from_name, m.from_email, m.to_text,
  m.subject, m.preview, m.date, m.read, m.flagged, m.has_attachments, m.invitation, m.answered, m.pending`;

/** The index that holds each filter's messages in the order of the list. */
export const LIST_INDEX = {
  all: "messages_listed",
  unread: "messages_unread",
  flagged: "messages_flagged",
} as const;

const ANSWERED = ["none", "replied", "forwarded"] as const;

export function messageRow(row: ListedRow): MessageRow {
  return {
    id: row.id,
    accountId: row.account_id,
    folderId: row.folder_id,
    from: { name: row.from_name, email: row.from_email },
    to: row.to_text,
    subject: row.subject,
    preview: row.preview,
    date: row.date,
    unread: row.read === 0,
    flagged: row.flagged === 1,
    attachments: row.has_attachments === 1,
    invitation: row.invitation === 1,
    answered: ANSWERED[row.answered] ?? "none",
    pending: row.pending === 1,
  };
}

import * as v from "valibot";
import { AccountIdSchema, FolderIdSchema, MessageIdSchema } from "../../shared/model/ids.ts";
import type { Address, MessageRow, MessageView } from "../../shared/model/mail.ts";

export const ACCOUNT_ID = v.parse(AccountIdSchema, "6f1b2c1e-8a0d-4c57-9a55-0d6a1f2b3c4d");
const folderId = (id: number) => v.parse(FolderIdSchema, id);
export const messageId = (id: number) => v.parse(MessageIdSchema, id);

/** A list row with something plausible in every field. */
function messageRow(change: Partial<MessageRow> = {}): MessageRow {
  return {
    id: messageId(1),
    accountId: ACCOUNT_ID,
    folderId: folderId(1),
    from: { name: "Ada Berg", email: "ada@example.test" },
    to: "Me",
    subject: "Budget",
    preview: "Here is the draft",
    date: Date.UTC(2026, 10, 20, 14, 5),
    unread: true,
    flagged: false,
    attachments: false,
    invitation: false,
    answered: "none",
    pending: false,
    ...change,
  };
}

export function messageView(change: { from?: Address; subject?: string } = {}): MessageView {
  return {
    row: messageRow(change),
    to: [{ name: "Me", email: "me@example.test" }],
    cc: [],
    replyTo: [],
    body: { kind: "text", text: "Hello", truncated: false },
    attachments: [],
    meeting: null,
  };
}

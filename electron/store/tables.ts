/**
 * What each table holds. `mirror`: a server can give it again, a repair may drop it. `owned`: only the
 * user has it, nothing but the user (or the removal of the account) takes it away. `index`: made from
 * the others.
 *
 * `accounts` and `folders` count as owned although a server named the folders: intents point at them,
 * so a repair resets their keys and leaves the rows.
 */
export const tableClasses = {
  accounts: "owned",
  folders: "owned",
  messages: "mirror",
  message_details: "mirror",
  bodies: "mirror",
  body_requests: "mirror",
  attachments: "mirror",
  attachment_chunks: "mirror",
  search: "index",
  correspondents: "owned",
  intents: "owned",
  undo: "owned",
  undo_items: "owned",
  drafts: "owned",
  draft_attachments: "owned",
  draft_attachment_chunks: "owned",
  outbox: "owned",
  outbox_chunks: "owned",
} as const satisfies Readonly<Record<string, "mirror" | "owned" | "index">>;

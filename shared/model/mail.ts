import * as v from "valibot";
import {
  AccountIdSchema,
  AttachmentIdSchema,
  DraftIdSchema,
  FolderIdSchema,
  MessageIdSchema,
} from "./ids.ts";

export const AddressSchema = v.object({ name: v.string(), email: v.string() });
export type Address = v.InferOutput<typeof AddressSchema>;

export const FolderRoleSchema = v.picklist(["inbox", "drafts", "sent", "outbox", "trash", "junk", "user"]);
export type FolderRole = v.InferOutput<typeof FolderRoleSchema>;

/** A mail folder. `unread` and `total` count what is stored here. */
export const FolderNodeSchema = v.object({
  id: FolderIdSchema,
  accountId: AccountIdSchema,
  parentId: v.nullable(FolderIdSchema),
  name: v.string(),
  role: FolderRoleSchema,
  unread: v.number(),
  total: v.number(),
});
export type FolderNode = v.InferOutput<typeof FolderNodeSchema>;

/** One line of the message list. `date` is in milliseconds since the Unix epoch. */
export const MessageRowSchema = v.object({
  id: MessageIdSchema,
  accountId: AccountIdSchema,
  folderId: FolderIdSchema,
  from: AddressSchema,
  /** First recipients as text, for Sent and Drafts. */
  to: v.string(),
  subject: v.string(),
  preview: v.string(),
  date: v.number(),
  unread: v.boolean(),
  flagged: v.boolean(),
  attachments: v.boolean(),
  invitation: v.boolean(),
  answered: v.picklist(["none", "replied", "forwarded"]),
  /** A change made here that the server has not confirmed yet. */
  pending: v.boolean(),
});
export type MessageRow = v.InferOutput<typeof MessageRowSchema>;

export const AttachmentSchema = v.object({
  id: AttachmentIdSchema,
  name: v.string(),
  type: v.string(),
  size: v.number(),
  inline: v.boolean(),
  contentId: v.nullable(v.string()),
  /** `stored` can be opened offline. */
  state: v.picklist(["remote", "stored"]),
});
export type Attachment = v.InferOutput<typeof AttachmentSchema>;

export const MeetingSummarySchema = v.object({
  start: v.number(),
  end: v.number(),
  allDay: v.boolean(),
  location: v.string(),
  organizer: v.nullable(AddressSchema),
});
export type MeetingSummary = v.InferOutput<typeof MeetingSummarySchema>;

/** A message opened for reading. `html` is as received: it must be cleaned before it is shown. */
export const MessageViewSchema = v.object({
  row: MessageRowSchema,
  to: v.array(AddressSchema),
  cc: v.array(AddressSchema),
  replyTo: v.array(AddressSchema),
  body: v.variant("kind", [
    v.object({ kind: v.literal("html"), html: v.string(), truncated: v.boolean() }),
    v.object({ kind: v.literal("text"), text: v.string(), truncated: v.boolean() }),
    /** Not loaded yet; the engine fetches it and announces a change of this message. */
    v.object({ kind: v.literal("missing"), reason: v.picklist(["loading", "offline"]) }),
  ]),
  attachments: v.array(AttachmentSchema),
  meeting: v.nullable(MeetingSummarySchema),
});
export type MessageView = v.InferOutput<typeof MessageViewSchema>;

export const ComposeModeSchema = v.picklist(["new", "reply", "reply-all", "forward"]);
export type ComposeMode = v.InferOutput<typeof ComposeModeSchema>;

/** What a person writes. `html` is the editor's content; the quoted original is part of it. */
export const DraftContentSchema = v.object({
  to: v.array(AddressSchema),
  cc: v.array(AddressSchema),
  bcc: v.array(AddressSchema),
  subject: v.string(),
  html: v.string(),
});
export type DraftContent = v.InferOutput<typeof DraftContentSchema>;

export const DraftSchema = v.object({
  ...DraftContentSchema.entries,
  id: DraftIdSchema,
  accountId: AccountIdSchema,
  mode: ComposeModeSchema,
  sourceId: v.nullable(MessageIdSchema),
  attachments: v.array(v.object({ id: v.number(), name: v.string(), type: v.string(), size: v.number() })),
  savedAt: v.number(),
});
export type Draft = v.InferOutput<typeof DraftSchema>;

export const OutboxItemSchema = v.object({
  id: DraftIdSchema,
  accountId: AccountIdSchema,
  subject: v.string(),
  to: v.array(AddressSchema),
  queuedAt: v.number(),
  state: v.picklist(["queued", "sending", "failed"]),
  /** Why it failed or waits, in words; null while nothing is wrong. */
  reason: v.nullable(v.string()),
});
export type OutboxItem = v.InferOutput<typeof OutboxItemSchema>;

import * as v from "valibot";
import { BytesSchema } from "../model/bytes.ts";
import { AttachmentIdSchema, FolderIdSchema, MessageIdSchema } from "../model/ids.ts";
import { FolderNodeSchema, MessageRowSchema, MessageViewSchema } from "../model/mail.ts";
import { call, event } from "./define.ts";

const ids = v.pipe(v.array(MessageIdSchema), v.minLength(1), v.maxLength(10_000));

/** Which messages a list shows, newest first. `query` narrows it by full-text search. */
export const ListScopeSchema = v.object({
  folderId: FolderIdSchema,
  filter: v.picklist(["all", "unread", "flagged"]),
  query: v.pipe(v.string(), v.maxLength(500)),
});
export type ListScope = v.InferOutput<typeof ListScopeSchema>;

/** What an action did, so that it can be taken back. */
const UndoSchema = v.object({ token: v.number(), count: v.number() });

export const mail = {
  folders: call({ in: v.object({}), out: v.array(FolderNodeSchema) }),
  /** Rows `offset` to `offset + limit` of the scope, and how many there are in all. */
  page: call({
    in: v.object({
      scope: ListScopeSchema,
      offset: v.pipe(v.number(), v.integer(), v.minValue(0)),
      limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500)),
    }),
    out: v.object({ total: v.number(), rows: v.array(MessageRowSchema) }),
  }),
  /** Where a message stands in a scope now; null when it is not in it. */
  indexOf: call({
    in: v.object({ scope: ListScopeSchema, messageId: MessageIdSchema }),
    out: v.nullable(v.number()),
  }),
  /** Opens a message. A body that is not stored is fetched, and `changed` announces it. */
  open: call({ in: v.object({ messageId: MessageIdSchema }), out: MessageViewSchema, errors: ["not-found"] }),
  /** Loads the rest of a shortened body; answers once the intent to do so is stored. */
  complete: call({
    in: v.object({ messageId: MessageIdSchema }),
    out: v.object({}),
    errors: ["not-found", "offline"],
  }),
  setRead: call({ in: v.object({ ids, read: v.boolean() }), out: UndoSchema }),
  setFlag: call({ in: v.object({ ids, flagged: v.boolean() }), out: UndoSchema }),
  move: call({ in: v.object({ ids, folderId: FolderIdSchema }), out: UndoSchema, errors: ["not-found"] }),
  /** Moves to Deleted Items; what is there already is deleted for good. */
  remove: call({ in: v.object({ ids }), out: UndoSchema }),
  /** Takes an action back; `expired` when it is too late. */
  undo: call({ in: v.object({ token: v.number() }), out: v.object({}), errors: ["expired"] }),
  /** Downloads an attachment into the store; answers when it can be opened offline. */
  fetchAttachment: call({
    in: v.object({ attachmentId: AttachmentIdSchema }),
    out: v.object({}),
    errors: ["not-found", "offline", "too-large", "server"],
  }),
  /** The bytes of a stored inline picture, for the message frame. */
  inlinePicture: call({
    in: v.object({ messageId: MessageIdSchema, contentId: v.pipe(v.string(), v.maxLength(998)) }),
    out: v.nullable(v.object({ type: v.string(), bytes: BytesSchema })),
  }),
  /** Lets the app's own fetcher load the remote pictures of one message while the app runs. */
  showPictures: call({
    in: v.object({ messageId: MessageIdSchema }),
    out: v.object({}),
    errors: ["not-found"],
  }),
  attachmentProgress: event({
    out: v.object({ attachmentId: AttachmentIdSchema, received: v.number(), total: v.number() }),
  }),
  /** Rows of these folders changed, came or went. `messageIds` names the changed ones when they are few. */
  changed: event({
    out: v.object({ folderIds: v.array(FolderIdSchema), messageIds: v.nullable(v.array(MessageIdSchema)) }),
  }),
  foldersChanged: event({ out: v.object({}) }),
};

import * as v from "valibot";
import { BytesSchema } from "../model/bytes.ts";
import { AccountIdSchema, DraftIdSchema, MessageIdSchema } from "../model/ids.ts";
import {
  AddressSchema,
  ComposeModeSchema,
  DraftContentSchema,
  DraftSchema,
  OutboxItemSchema,
} from "../model/mail.ts";
import { call, event } from "./define.ts";

/** Largest single attachment that can be added, in bytes. */
export const MAX_ATTACHMENT_BYTES = 25 * 1024 * 1024;

/** Drafts and the outbox. A draft that is sent keeps its id as an outbox item. */
export const compose = {
  /** A new draft: empty, or an answer with recipients, subject and quoted text filled in. */
  start: call({
    in: v.object({
      accountId: v.nullable(AccountIdSchema),
      mode: ComposeModeSchema,
      sourceId: v.nullable(MessageIdSchema),
    }),
    out: DraftSchema,
    errors: ["not-found", "no-account"],
  }),
  get: call({ in: v.object({ draftId: DraftIdSchema }), out: DraftSchema, errors: ["not-found"] }),
  list: call({ in: v.object({}), out: v.array(DraftSchema) }),
  save: call({
    in: v.object({ draftId: DraftIdSchema, content: DraftContentSchema }),
    out: v.object({ savedAt: v.number() }),
    errors: ["not-found", "too-large"],
  }),
  attach: call({
    in: v.object({
      draftId: DraftIdSchema,
      name: v.pipe(v.string(), v.maxLength(255)),
      type: v.pipe(v.string(), v.maxLength(127)),
      bytes: v.pipe(
        BytesSchema,
        v.check((bytes) => bytes.byteLength <= MAX_ATTACHMENT_BYTES, "larger than 25 MB"),
      ),
    }),
    out: DraftSchema,
    errors: ["not-found", "too-large"],
  }),
  detach: call({
    in: v.object({ draftId: DraftIdSchema, attachmentId: v.number() }),
    out: DraftSchema,
    errors: ["not-found"],
  }),
  discard: call({ in: v.object({ draftId: DraftIdSchema }), out: v.object({}), errors: ["not-found"] }),
  /** Puts the draft into the outbox. It goes out after `undoMs`, or when the server can be reached. */
  send: call({
    in: v.object({ draftId: DraftIdSchema, content: DraftContentSchema }),
    out: v.object({ undoMs: v.number() }),
    errors: ["not-found", "no-recipients", "bad-address", "too-large"],
  }),
  outbox: call({ in: v.object({}), out: v.array(OutboxItemSchema) }),
  /** Takes a waiting message back into Drafts; `too-late` once it is being sent. */
  recall: call({
    in: v.object({ draftId: DraftIdSchema }),
    out: DraftSchema,
    errors: ["not-found", "too-late"],
  }),
  retry: call({ in: v.object({ draftId: DraftIdSchema }), out: v.object({}), errors: ["not-found"] }),
  /** Suggestions for a recipient field, best first, from the mail stored here. */
  suggest: call({
    in: v.object({ text: v.pipe(v.string(), v.maxLength(200)) }),
    out: v.array(AddressSchema),
  }),
  changed: event({ out: v.object({}) }),
};

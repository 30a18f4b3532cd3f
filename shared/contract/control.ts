import * as v from "valibot";
import { BytesSchema } from "../model/bytes.ts";
import { AccountIdSchema, AttachmentIdSchema, MessageIdSchema } from "../model/ids.ts";
import { call } from "./define.ts";

/** The demo server that `npm run demo` started. */
export const DemoSchema = v.object({
  url: v.string(),
  address: v.string(),
  displayName: v.optional(v.string(), ""),
  userName: v.string(),
  password: v.string(),
});
export type Demo = v.InferOutput<typeof DemoSchema>;

/** What main asks of the engine. */
export const control = {
  /** Opens the store with its key. Until then the engine answers nothing else. */
  open: call({
    in: v.object({
      profileDir: v.string(),
      databaseKey: v.pipe(
        BytesSchema,
        v.check((key) => key.byteLength === 32, "a store key has 32 bytes"),
      ),
      demo: v.nullable(DemoSchema),
      deviceName: v.string(),
    }),
    out: v.object({}),
    errors: ["wrong-key", "damaged", "newer", "failed"],
  }),
  wake: call({ in: v.object({}), out: v.object({}) }),
  /** Ends syncs, closes the store. The process may be ended without this: nothing is lost. */
  stop: call({ in: v.object({}), out: v.object({}) }),
  /** Name and size of an attachment, for a save dialog. */
  attachment: call({
    in: v.object({ attachmentId: AttachmentIdSchema }),
    out: v.object({ name: v.string(), type: v.string(), size: v.number() }),
    errors: ["not-found"],
  }),
  /** Writes an attachment to a file that must not exist yet, fetching it first when it is not stored. */
  exportAttachment: call({
    in: v.object({ attachmentId: AttachmentIdSchema, path: v.string() }),
    out: v.object({}),
    errors: ["not-found", "offline", "too-large", "server", "failed"],
  }),
  /** The gate for pictures in mail: answers only what the reader allowed and what is a picture. */
  picture: call({
    in: v.variant("kind", [
      v.object({
        kind: v.literal("remote"),
        messageId: MessageIdSchema,
        url: v.pipe(v.string(), v.maxLength(8192)),
      }),
      v.object({
        kind: v.literal("inline"),
        messageId: MessageIdSchema,
        contentId: v.pipe(v.string(), v.maxLength(998)),
      }),
    ]),
    out: v.object({ type: v.string(), bytes: BytesSchema }),
    errors: ["refused", "not-found"],
  }),
};

/** What the engine asks of main: the passwords that main keeps in the keychain. */
export const secrets = {
  get: call({
    in: v.object({ accountId: AccountIdSchema }),
    out: v.nullable(v.string()),
    errors: ["unavailable"],
  }),
  set: call({
    in: v.object({ accountId: AccountIdSchema, value: v.string() }),
    out: v.object({}),
    errors: ["unavailable"],
  }),
  remove: call({ in: v.object({ accountId: AccountIdSchema }), out: v.object({}), errors: ["unavailable"] }),
};

import * as v from "valibot";

/** A number or string that cannot be confused with another of the same shape. */
type Brand<T, Name extends string> = T & { readonly __brand: Name };

export type AccountId = Brand<string, "AccountId">;
export type FolderId = Brand<number, "FolderId">;
export type MessageId = Brand<number, "MessageId">;
export type AttachmentId = Brand<number, "AttachmentId">;
export type DraftId = Brand<number, "DraftId">;

const rowId = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

export const AccountIdSchema = v.pipe(
  v.string(),
  v.uuid(),
  v.transform((id) => id as AccountId),
);
export const FolderIdSchema = v.pipe(
  rowId,
  v.transform((id) => id as FolderId),
);
export const MessageIdSchema = v.pipe(
  rowId,
  v.transform((id) => id as MessageId),
);
export const AttachmentIdSchema = v.pipe(
  rowId,
  v.transform((id) => id as AttachmentId),
);
export const DraftIdSchema = v.pipe(
  rowId,
  v.transform((id) => id as DraftId),
);

import { codePageByNamespace, type Namespace, type TagName } from "./index.ts";

function keys<N extends Namespace>(namespace: N, ...names: TagName<N>[]): number[] {
  const page = codePageByNamespace.get(namespace);
  return names.map((name) => tagKey(page?.page ?? 0, page?.tokenOf.get(name) ?? 0));
}

/** One number for a tag: code page and token together. */
export function tagKey(page: number, token: number): number {
  return page * 64 + token;
}

/**
 * Elements whose OPAQUE content is binary and stays bytes. Opaque content of every other known
 * element is text that the server did not want to write as an inline string.
 * MS-ASEMAIL 2.2.2.21/22 and MS-ASCMD 2.2.3.35.1 (conversations), 2.2.3.109 (Mime), 2.2.3.39 (Data: of an
 * attachment, and of a person's photo), MS-ASAIRS 2.2.2.12 (Content).
 */
export const binaryTags: ReadonlySet<number> = new Set([
  ...keys("Email2", "ConversationId", "ConversationIndex"),
  ...keys("ComposeMail", "Mime"),
  ...keys("ItemOperations", "Data", "ConversationId"),
  ...keys("GAL", "Data"),
  ...keys("ResolveRecipients", "Data"),
  ...keys("AirSyncBase", "Content"),
  ...keys("Email", "MIMEData"),
]);

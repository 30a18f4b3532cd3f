import type { Collection } from "../../ports/sync-store.ts";

const RANK: Readonly<Record<Collection["role"], number>> = {
  inbox: 0,
  sent: 1,
  drafts: 2,
  user: 3,
  trash: 4,
  junk: 5,
  outbox: 6,
};

/** The collections we keep in step, in the order a person would want them. The server's own Outbox is its affair. */
export function mailCollections(collections: readonly Collection[]): readonly Collection[] {
  return collections
    .filter((collection) => collection.class === "mail" && collection.role !== "outbox")
    .sort((a, b) => RANK[a.role] - RANK[b.role] || a.folderId - b.folderId);
}

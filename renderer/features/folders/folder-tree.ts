import type { AccountId } from "../../../shared/model/ids.ts";
import type { FolderNode, FolderRole } from "../../../shared/model/mail.ts";

export interface FolderBranch {
  readonly folder: FolderNode;
  readonly children: readonly FolderBranch[];
}

const ORDER: Readonly<Record<FolderRole, number>> = {
  inbox: 0,
  drafts: 1,
  sent: 2,
  outbox: 3,
  trash: 4,
  junk: 5,
  user: 6,
};

/** Deepest nesting that is drawn; deeper folders hang at this depth. */
const MAX_DEPTH = 12;

/**
 * An account's folders as a tree: the standard ones first, then by name. A folder whose parent is missing or
 * is its own descendant stands at the top, so that no folder is ever out of reach.
 */
export function folderTree(folders: readonly FolderNode[], accountId: AccountId): FolderBranch[] {
  const own = folders.filter((folder) => folder.accountId === accountId && folder.role !== "outbox");
  const byId = new Map(own.map((folder) => [folder.id, folder]));
  const children = new Map<number | null, FolderNode[]>();
  for (const folder of own) {
    const parent = reachesTop(folder, byId) ? folder.parentId : null;
    children.set(parent, [...(children.get(parent) ?? []), folder]);
  }
  const build = (parent: number | null): FolderBranch[] =>
    (children.get(parent) ?? [])
      .sort((a, b) => ORDER[a.role] - ORDER[b.role] || a.name.localeCompare(b.name))
      .map((folder) => ({ folder, children: build(folder.id) }));
  return build(null);
}

function reachesTop(folder: FolderNode, byId: ReadonlyMap<number, FolderNode>): boolean {
  let at: FolderNode | undefined = folder;
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    if (at === undefined) return false;
    if (at.parentId === null) return true;
    at = byId.get(at.parentId);
  }
  return false;
}

/** Folders as a flat list with their depth, for a picker that narrows as a person types. */
export function flattenTree(
  branches: readonly FolderBranch[],
  depth = 0,
): { folder: FolderNode; depth: number }[] {
  return branches.flatMap(({ folder, children }) => [{ folder, depth }, ...flattenTree(children, depth + 1)]);
}

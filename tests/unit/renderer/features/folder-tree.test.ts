import * as v from "valibot";
import { describe, expect, it } from "vitest";
import {
  type FolderBranch,
  flattenTree,
  folderTree,
} from "../../../../renderer/features/folders/folder-tree.ts";
import { AccountIdSchema } from "../../../../shared/model/ids.ts";
import { type FolderNode, FolderNodeSchema } from "../../../../shared/model/mail.ts";

const ACCOUNT = v.parse(AccountIdSchema, "7f3f2c1e-4f0a-4d52-9a55-0d7c3c6f9b10");
const OTHER = "11111111-4f0a-4d52-9a55-0d7c3c6f9b10";

function folder(
  id: number,
  name: string,
  role: string,
  parentId: number | null = null,
  accountId: string = ACCOUNT,
): FolderNode {
  return v.parse(FolderNodeSchema, { id, accountId, parentId, name, role, unread: 0, total: 0 });
}

const names = (branches: readonly FolderBranch[]): unknown[] =>
  branches.map(({ folder: { name }, children }) =>
    children.length === 0 ? name : [name, ...names(children)],
  );

describe("the tree of folders", () => {
  it("puts the standard folders first, then the others by name", () => {
    const tree = folderTree(
      [
        folder(1, "Zebra", "user"),
        folder(2, "Trash", "trash"),
        folder(3, "Inbox", "inbox"),
        folder(4, "älter", "user"),
        folder(5, "Sent", "sent"),
      ],
      ACCOUNT,
    );
    expect(names(tree)).toEqual(["Inbox", "Sent", "Trash", "älter", "Zebra"]);
  });

  it("nests, and shows only the account's own folders, without the server's outbox", () => {
    const tree = folderTree(
      [
        folder(1, "Inbox", "inbox"),
        folder(2, "Projects", "user", 1),
        folder(3, "North", "user", 2),
        folder(4, "Outbox", "outbox"),
        folder(5, "Theirs", "user", null, OTHER),
      ],
      ACCOUNT,
    );
    expect(names(tree)).toEqual([["Inbox", ["Projects", "North"]]]);
  });

  it("keeps folders in reach whose parent is missing or who are in a circle", () => {
    const tree = folderTree(
      [
        folder(1, "Lost", "user", 99),
        folder(2, "A", "user", 3),
        folder(3, "B", "user", 2),
        folder(4, "Self", "user", 4),
      ],
      ACCOUNT,
    );
    expect(names(tree)).toEqual(["A", "B", "Lost", "Self"]);
  });

  it("bounds the depth that hostile folders can ask for", () => {
    const deep = Array.from({ length: 500 }, (_, at) =>
      folder(at + 1, `F${at}`, "user", at === 0 ? null : at),
    );
    const flat = flattenTree(folderTree(deep, ACCOUNT));
    expect(flat).toHaveLength(500);
    expect(Math.max(...flat.map(({ depth }) => depth))).toBeLessThan(15);
  });

  it("flattens in the order it is drawn", () => {
    const tree = folderTree(
      [folder(1, "Inbox", "inbox"), folder(2, "Sub", "user", 1), folder(3, "Sent", "sent")],
      ACCOUNT,
    );
    expect(flattenTree(tree).map(({ folder: { name }, depth }) => [name, depth])).toEqual([
      ["Inbox", 0],
      ["Sub", 1],
      ["Sent", 0],
    ]);
  });
});

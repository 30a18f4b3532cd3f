import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { folderName, nameOnServer } from "../../../../renderer/state/folder-names.ts";
import { type FolderNode, FolderNodeSchema } from "../../../../shared/model/mail.ts";

const folder = (name: string, role: FolderNode["role"], id = 1): FolderNode =>
  v.parse(FolderNodeSchema, {
    id,
    accountId: "7f3f2c1e-4f0a-4d52-9a55-0d7c3c6f9b10",
    parentId: null,
    name,
    role,
    unread: 0,
    total: 0,
  });

describe("a folder's name", () => {
  it.each([
    ["INBOX", "inbox", "Inbox"],
    ["Posteingang", "inbox", "Inbox"],
    ["Drafts", "drafts", "Drafts"],
    ["Sent Items", "sent", "Sent"],
    ["Outbox", "outbox", "Outbox"],
    ["Trash", "trash", "Deleted"],
    ["Deleted Items", "trash", "Deleted"],
    ["Junk Email", "junk", "Junk"],
    ["INBOX", "user", "INBOX"],
    ["Projekte", "user", "Projekte"],
  ] as const)("%s as %s is %s", (name, role, shown) => {
    expect(folderName({ name, role })).toBe(shown);
  });

  it("is found by what the server calls it", () => {
    const folders = [folder("INBOX", "inbox"), folder("Nordwind", "user", 2)];
    expect(nameOnServer("INBOX", folders)).toBe("Inbox");
    expect(nameOnServer("Nordwind", folders)).toBe("Nordwind");
    expect(nameOnServer("Elsewhere", folders)).toBe("Elsewhere");
    expect(nameOnServer("", [])).toBe("");
  });
});

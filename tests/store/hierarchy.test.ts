import { describe, expect, test } from "vitest";
import type { FolderDelta, RemoteFolder } from "../../electron/ports/remote.ts";
import type { FolderNode } from "../../shared/model/mail.ts";
import { Fixture } from "./support.ts";
import { FOLDERS, folder, mail } from "./support-core.ts";

/** Commits changes of the folder tree with the key counted up. */
function change(f: Fixture, delta: Partial<FolderDelta>): boolean {
  const key = f.sync.hierarchyKey();
  return f.sync.commitFolders(key, { syncKey: `${key}+`, added: [], updated: [], deleted: [], ...delta });
}

function node(f: Fixture, name: string): FolderNode {
  const found = f.store.mail.folders().find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no folder ${name}`);
  return found;
}

/** The tree as lines: "parent/name". */
function tree(f: Fixture): string[] {
  const nodes = f.store.mail.folders();
  const name = (id: number | null) => nodes.find((candidate) => candidate.id === id)?.name ?? "";
  return nodes.map((candidate) => `${name(candidate.parentId)}/${candidate.name}`).sort();
}

const user = (serverId: string, parentId: string, name = serverId): RemoteFolder =>
  folder(serverId, "user", { parentId, name });

describe("a rename", () => {
  test("shows, and keeps everything else: id, mail, key, counts", () => {
    const f = new Fixture();
    f.answer("pr", { added: [mail("1"), mail("2", { read: true })] });
    const before = node(f, "Projects");
    change(f, { updated: [user("pr", "in", "Archive")] });
    expect(node(f, "Archive")).toEqual({ ...before, name: "Archive" });
    expect(f.key("pr")).toBe("1");
    expect(f.subjects("pr")).toHaveLength(2);
  });

  test("while a move into it waits keeps the move", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1")] });
    f.store.mail.move([f.row("in", "Subject 1").id], f.folderId("pr"));
    change(f, { updated: [user("pr", "in", "Archive")] });
    expect(f.sync.intents(5)).toMatchObject([{ kind: "move", toServerId: "pr" }]);
    expect(f.subjects("pr")).toEqual(["Subject 1"]);
  });

  test("to a very long name is cut", () => {
    const f = new Fixture();
    change(f, { updated: [user("pr", "in", "x".repeat(9000))] });
    expect(f.store.mail.folders().map((found) => found.name.length)).toContain(500);
  });

  test.each(["", " ", "a/b", "\u202eevil", "日本語", "'; DROP TABLE folders; --"])(
    "to %j is taken as it is",
    (name) => {
      const f = new Fixture();
      change(f, { updated: [user("pr", "in", name)] });
      expect(f.store.mail.folders().map((found) => found.name)).toContain(name);
      expect(f.sync.collections()).toHaveLength(5);
    },
  );

  test("of two folders to the same name is no conflict", () => {
    const f = new Fixture();
    change(f, { added: [user("a", "0", "Same"), user("b", "0", "Same")] });
    expect(f.store.mail.folders().filter((found) => found.name === "Same")).toHaveLength(2);
  });
});

describe("a new parent", () => {
  test("moves the folder with all below it", () => {
    const f = new Fixture();
    change(f, { added: [user("deep", "pr"), user("deeper", "deep")] });
    expect(tree(f)).toContain("inbox/Projects");
    change(f, { updated: [user("pr", "tr", "Projects")] });
    expect(tree(f)).toEqual([
      "/drafts",
      "/inbox",
      "/sent",
      "/trash",
      "Projects/deep",
      "deep/deeper",
      "trash/Projects",
    ]);
  });

  test("that comes after its child is found all the same", () => {
    const f = new Fixture();
    change(f, { added: [user("child", "parent"), user("parent", "0")] });
    expect(tree(f)).toContain("parent/child");
  });

  test("that never comes leaves the child at the top", () => {
    const f = new Fixture();
    change(f, { added: [user("orphan", "nowhere")] });
    expect(node(f, "orphan").parentId).toBeNull();
    change(f, { added: [user("nowhere", "0")] });
    expect(node(f, "orphan").parentId).toBe(node(f, "nowhere").id);
  });

  test("that is no mail folder leaves the child at the top", () => {
    const f = new Fixture();
    change(f, {
      added: [folder("cal", "user", { class: "calendar", name: "Calendar" }), user("odd", "cal")],
    });
    expect(node(f, "odd").parentId).toBeNull();
  });

  test("in a circle is told as it is; every folder is still listed once", () => {
    const f = new Fixture();
    change(f, { added: [user("a", "b"), user("b", "a"), user("self", "self")] });
    const names = f.store.mail.folders().map((found) => found.name);
    expect(names.filter((name) => ["a", "b", "self"].includes(name)).sort()).toEqual(["a", "b", "self"]);
  });
});

describe("a deletion", () => {
  test("of a parent alone leaves its children, at the top", () => {
    const f = new Fixture();
    change(f, { added: [user("child", "pr")] });
    f.answer("child", { added: [mail("1")] });
    change(f, { deleted: ["pr"] });
    expect(node(f, "child")).toMatchObject({ parentId: null, total: 1 });
  });

  test("of a parent with its children takes all of them", () => {
    const f = new Fixture();
    change(f, { added: [user("child", "pr"), user("grandchild", "child")] });
    for (const name of ["pr", "child", "grandchild"]) f.answer(name, { added: [mail("1")] });
    change(f, { deleted: ["pr", "child", "grandchild"] });
    expect(tree(f)).toEqual(["/drafts", "/inbox", "/sent", "/trash"]);
    f.clock.advance(20);
    f.clock.advance(20);
    f.clock.advance(20);
    expect(f.store.check()).toEqual([]);
  });

  test("and an addition of the same id in one answer end with the deletion", () => {
    const f = new Fixture();
    change(f, { added: [user("x", "0")], deleted: ["x"] });
    expect(f.store.mail.folders().map((found) => found.name)).not.toContain("x");
  });

  test("of Deleted Items makes a later remove final", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1")] });
    change(f, { deleted: ["tr"] });
    f.store.mail.remove([f.row("in", "Subject 1").id]);
    expect(f.sync.intents(5)).toMatchObject([{ kind: "delete" }]);
  });

  test("of the folder where a message was does not hinder that it is told of the new one", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1")] });
    const { id } = f.row("in", "Subject 1");
    f.store.mail.move([id], f.folderId("pr"));
    f.sync.intents(5);
    f.sync.settleIntents([{ intentId: 1, verdict: "done", newServerId: "p1" }]);
    f.store.mail.setFlag([id], true);
    change(f, { deleted: ["in"] });
    expect(f.rows("pr").map((row) => row.id)).toEqual([id]);
    expect(f.sync.intents(5)).toMatchObject([{ kind: "set", serverId: "p1", flagged: true }]);
  });

  test("of a move's target after the server was told brings the message home without a wish", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1")] });
    const { id } = f.row("in", "Subject 1");
    f.store.mail.move([id], f.folderId("pr"));
    f.sync.intents(5);
    change(f, { deleted: ["pr"] });
    expect(f.rows("in")).toMatchObject([{ id, pending: false }]);
    f.sync.settleIntents([{ intentId: 1, verdict: "done", newServerId: "p1" }]);
    expect(f.rows("in").map((row) => row.id)).toEqual([id]);
  });

  test("keeps the other wishes of a message that was on its way there", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1")] });
    const { id } = f.row("in", "Subject 1");
    f.store.mail.setFlag([id], true);
    f.store.mail.move([id], f.folderId("pr"));
    change(f, { deleted: ["pr"] });
    expect(f.rows("in")).toMatchObject([{ id, flagged: true, pending: true }]);
    expect(f.sync.intents(5)).toMatchObject([{ kind: "set", flagged: true }]);
  });
});

describe("a role", () => {
  test("that moves to another folder is followed by the next remove", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1"), mail("2")] });
    f.store.mail.remove([f.row("in", "Subject 1").id]);
    change(f, { updated: [folder("tr", "user", { name: "Old bin" }), folder("pr", "trash")] });
    f.store.mail.remove([f.row("in", "Subject 2").id]);
    expect(f.subjects("tr")).toEqual(["Subject 1"]);
    expect(f.subjects("pr")).toEqual(["Subject 2"]);
  });

  test("of Drafts lets a shortened body replace a whole one only while it is Drafts", () => {
    const f = new Fixture();
    const shorter = { kind: "text" as const, data: "short", truncated: true, size: 9 };
    f.answer("pr", { added: [mail("1")] });
    change(f, { updated: [folder("pr", "drafts")] });
    f.answer("pr", { changed: [{ serverId: "1", body: shorter }] });
    expect(f.store.mail.open(f.row("pr", "Subject 1").id)?.body).toMatchObject({ text: "short" });
  });

  test("that two folders claim goes to the older one", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1")] });
    change(f, { added: [folder("tr2", "trash", { name: "Second bin" })] });
    f.store.mail.remove([f.row("in", "Subject 1").id]);
    expect(f.sync.intents(5)).toMatchObject([{ toServerId: "tr" }]);
  });

  test("of a folder of another class is not taken for a bin", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1")] });
    change(f, { deleted: ["tr"], added: [folder("dt", "trash", { class: "tasks" })] });
    f.store.mail.remove([f.row("in", "Subject 1").id]);
    expect(f.sync.intents(5)).toMatchObject([{ kind: "delete" }]);
  });
});

describe("the hierarchy's key", () => {
  test("moves with the changes, and not without", () => {
    const f = new Fixture();
    expect(f.sync.commitFolders("f1", { syncKey: "f2", added: [], updated: [], deleted: [] })).toBe(true);
    expect(f.sync.hierarchyKey()).toBe("f2");
    expect(
      f.sync.commitFolders("f1", { syncKey: "f3", added: [user("x", "0")], updated: [], deleted: [] }),
    ).toBe(false);
    expect(f.sync.hierarchyKey()).toBe("f2");
    expect(f.sync.collections()).toHaveLength(5);
  });

  test("from 0 names all there is: what it leaves out goes, what it names stays as it was", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1")] });
    f.answer("pr", { added: [mail("2")] });
    const inbox = f.folderId("in");
    f.sync.resetFolders();
    f.sync.commitFolders("0", {
      syncKey: "g1",
      added: [folder("in", "inbox"), user("fresh", "0")],
      updated: [],
      deleted: [],
    });
    expect(f.sync.collections().map(({ serverId, folderId }) => [serverId, folderId === inbox])).toEqual([
      ["in", true],
      ["fresh", false],
    ]);
    expect(f.subjects("in")).toEqual(["Subject 1"]);
    expect(f.key("in")).toBe("1");
  });

  test("a reset alone takes nothing away, and survives a restart", () => {
    const f = new Fixture();
    f.sync.resetFolders();
    f.reopen();
    expect(f.sync.hierarchyKey()).toBe("0");
    expect(f.sync.collections()).toHaveLength(5);
    f.sync.commitFolders("0", { syncKey: "g", added: FOLDERS, updated: [], deleted: [] });
    expect(f.sync.collections()).toHaveLength(5);
  });

  test("a folder that is named anew after a reset is not stale in the next", () => {
    const f = new Fixture();
    for (let n = 0; n < 3; n += 1) {
      f.sync.resetFolders();
      f.sync.commitFolders("0", { syncKey: `g${n}`, added: FOLDERS, updated: [], deleted: [] });
    }
    expect(f.sync.collections()).toHaveLength(5);
  });
});

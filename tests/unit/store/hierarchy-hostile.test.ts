import { describe, expect, test } from "vitest";
import type { RemoteFolder } from "../../../electron/ports/remote.ts";
import { Fixture } from "../../store/support.ts";
import { addAccount, FOLDERS, folder, mail, OTHER } from "../../store/support-core.ts";
import { found, idOf, numberFrom } from "../../support/store/workbench.ts";

interface Delta {
  readonly added?: readonly RemoteFolder[];
  readonly updated?: readonly RemoteFolder[];
  readonly deleted?: readonly string[];
}

function tell(f: Fixture, delta: Delta): void {
  const key = f.sync.hierarchyKey();
  const whole = { added: [], updated: [], deleted: [], ...delta, syncKey: `${key}+` };
  if (!f.sync.commitFolders(key, whole)) throw new Error("refused");
}

const user = (serverId: string, parentId = "0", name = serverId) =>
  folder(serverId, "user", { parentId, name });

/** Each folder that is not one of the usual, with the name of its parent. */
function tree(f: Fixture): Record<string, string | null> {
  const nodes = f.store.mail.folders();
  const names = new Map(nodes.map((node) => [node.id, node.name]));
  return Object.fromEntries(
    nodes
      .slice(FOLDERS.length)
      .map((node) => [node.name, node.parentId === null ? null : (names.get(node.parentId) ?? "?")]),
  );
}

describe("a tree that is none", () => {
  test.each<[string, RemoteFolder[], Record<string, string | null>]>([
    ["a parent that is not there", [user("a", "nowhere")], { a: null }],
    ["an empty parent", [user("a", "")], { a: null }],
    ["a child before its parent", [user("a", "b"), user("b")], { a: "b", b: null }],
    ["a ring of two", [user("a", "b"), user("b", "a")], { a: "b", b: "a" }],
    ["a ring of three", [user("a", "b"), user("b", "c"), user("c", "a")], { a: "b", b: "c", c: "a" }],
    [
      "a parent of another class",
      [folder("cal", "user", { class: "calendar" }), user("a", "cal")],
      { a: null },
    ],
    ["an id of the root", [user("0"), user("a")], { "0": "0", a: "0" }],
  ])("%s: every folder is listed once", (_, added, expected) => {
    const f = new Fixture();
    tell(f, { added });
    expect(tree(f)).toEqual(expected);
    f.reopen();
    expect(tree(f)).toEqual(expected);
  });

  test("a parent that comes later is found, one that goes leaves its children at the top", () => {
    const f = new Fixture();
    tell(f, { added: [user("child", "parent"), user("grandchild", "child")] });
    expect(tree(f)).toEqual({ child: null, grandchild: "child" });
    tell(f, { added: [user("parent")] });
    expect(tree(f)).toEqual({ child: "parent", grandchild: "child", parent: null });
    tell(f, { deleted: ["parent"] });
    expect(tree(f)).toEqual({ child: null, grandchild: "child" });
  });

  test("a folder of the other account is nobody's parent here", () => {
    const f = new Fixture();
    const other = addAccount(f.store, OTHER, "otto@example.com");
    other.commitFolders("0", { syncKey: "1", added: [user("theirs")], updated: [], deleted: [] });
    tell(f, { added: [user("a", "theirs")] });
    const mine = f.store.mail.folders().find((node) => node.name === "a");
    expect(mine?.parentId).toBeNull();
  });

  test("ten thousand folders, each inside the one before, come and go", () => {
    const f = new Fixture();
    const chain = Array.from({ length: 10_000 }, (_, n) => user(`k${n}`, n === 0 ? "0" : `k${n - 1}`));
    tell(f, { added: chain });
    const nodes = f.store.mail.folders().slice(FOLDERS.length);
    expect(nodes).toHaveLength(10_000);
    for (const [index, node] of nodes.entries()) expect(node.parentId).toBe(nodes[index - 1]?.id ?? null);
    expect(f.sync.collections()).toHaveLength(10_000 + FOLDERS.length);
    tell(f, { deleted: chain.map(({ serverId }) => serverId) });
    expect(tree(f)).toEqual({});
  });
});

describe("answers about folders that contradict themselves", () => {
  test.each<[string, Delta, Record<string, string | null>]>([
    [
      "added twice is the last",
      { added: [user("n", "0", "one"), user("n", "old", "two")] },
      { old: null, two: "old" },
    ],
    [
      "added and updated is as updated",
      { added: [user("n", "0", "one")], updated: [user("n", "0", "two")] },
      { old: null, two: null },
    ],
    ["added and deleted is deleted", { added: [user("n")], deleted: ["n"] }, { old: null }],
    ["an update of what is unknown is an add", { updated: [user("n")] }, { old: null, n: null }],
    ["an add of what is known is an update", { added: [user("old", "0", "renamed")] }, { renamed: null }],
    ["deleted twice is gone once", { deleted: ["old", "old"] }, {}],
    ["deleting what is unknown is nothing", { deleted: ["nobody", "", "0"] }, { old: null }],
    [
      "two folders of one name are two",
      { added: [user("n", "old", "same")], updated: [user("old", "0", "up")] },
      { up: null, same: "up" },
    ],
  ])("%s", (_, delta, expected) => {
    const f = new Fixture();
    tell(f, { added: [user("old")] });
    tell(f, delta);
    expect(tree(f)).toEqual(expected);
    expect(f.store.check()).toEqual([]);
  });

  test.each([
    ["an empty name", "", ""],
    ["a NUL", "a\0b", "a\0b"],
    ["a slash", "a/b\\c", "a/b\\c"],
    ["only blanks", "   ", "   "],
    ["emoji with joiners", "👩‍👩‍👧‍👦 🏳️‍🌈", "👩‍👩‍👧‍👦 🏳️‍🌈"],
    ["half a character", "a\ud800", "a\ufffd"],
    ["500 characters", "é".repeat(500), "é".repeat(500)],
    ["501 characters", "é".repeat(501), "é".repeat(500)],
    ["a million characters", "n".repeat(1_000_000), "n".repeat(500)],
  ])("a name with %s", (_, name, expected) => {
    const f = new Fixture();
    tell(f, { added: [user("n", "0", name)] });
    expect(f.store.mail.folders().at(-1)?.name).toBe(expected);
  });

  test.each(["wrong", "", "F1", "f1 ", "0"])("with the key %j nothing is taken", (key) => {
    const f = new Fixture();
    const delta = { syncKey: "x", added: [user("n")], updated: [], deleted: ["in"] };
    expect(f.sync.commitFolders(key, delta)).toBe(false);
    expect([f.sync.hierarchyKey(), tree(f), f.store.mail.folders().length]).toEqual([
      "f1",
      {},
      FOLDERS.length,
    ]);
  });
});

describe("folders that change what they are", () => {
  test("one that stops being mail is not shown, and is whole again when it is mail again", () => {
    const f = new Fixture();
    f.answer("pr", { added: [mail("1")] });
    tell(f, { updated: [folder("pr", "user", { class: "notes", name: "Projects" })] });
    expect(f.store.mail.folders().map((node) => node.name)).not.toContain("Projects");
    tell(f, { updated: [folder("pr", "user", { name: "Projects" })] });
    expect([f.subjects("pr"), f.counts("pr"), f.key("pr")]).toEqual([
      ["Subject 1"],
      { unread: 1, total: 1 },
      "1",
    ]);
  });

  test("of two folders for deleted items the older is used; without the role there is none", () => {
    const f = new Fixture();
    tell(f, { added: [folder("tr2", "trash", { name: "Second" })] });
    f.answer("in", { added: [mail("1"), mail("2"), mail("3")] });
    f.store.mail.remove([idOf(f, "Subject 1")]);
    expect([f.subjects("tr"), f.subjects("tr2")]).toEqual([["Subject 1"], []]);
    tell(f, { updated: [folder("tr", "user", { name: "was trash" })] });
    f.store.mail.remove([idOf(f, "Subject 2")]);
    expect(f.subjects("tr2")).toEqual(["Subject 2"]);
    tell(f, { deleted: ["tr2"] });
    f.store.mail.remove([idOf(f, "Subject 3")]);
    expect(f.sync.intents(10).map(({ kind, serverId }) => `${kind} ${serverId}`)).toEqual([
      "move 1",
      "delete 3",
    ]);
  });

  test("one that comes back under its old id is another folder: empty, with a key of its own", () => {
    const f = new Fixture();
    f.answer("pr", { added: [mail("1", { subject: "buried" })] });
    const before = f.folderId("pr");
    tell(f, { deleted: ["pr"] });
    tell(f, { added: [user("pr")] });
    expect(f.folderId("pr")).toBeGreaterThan(before);
    expect([f.subjects("pr"), f.key("pr"), f.counts("pr")]).toEqual([[], "0", { unread: 0, total: 0 }]);
    expect(f.store.mail.page({ folderId: before, filter: "all", query: "" }, 0, 9)).toEqual({
      total: 0,
      rows: [],
    });
    expect(f.store.mail.page({ folderId: before, filter: "all", query: "buried" }, 0, 9)).toEqual({
      total: 0,
      rows: [],
    });
  });

  test("what was in a removed folder cannot be opened, marked, moved or searched, before and after it is swept", () => {
    const f = new Fixture();
    f.answer("pr", { added: Array.from({ length: 450 }, (_, n) => mail(`${n}`, { subject: "buried" })) });
    f.answer("in", { added: [mail("x", { subject: "alive" })] });
    const [first] = f.rows("pr");
    if (first === undefined) throw new Error("empty");
    tell(f, { deleted: ["pr"] });
    const outOfReach = () => {
      expect(f.store.mail.open(first.id)).toBeNull();
      expect(f.store.mail.wantBody(first.id)).toBe(false);
      expect(f.store.mail.setRead([first.id], true)).toEqual({ token: 0, count: 0 });
      expect(f.store.mail.remove([first.id])).toEqual({ token: 0, count: 0 });
      expect(f.store.mail.move([first.id], f.folderId("in"))).toEqual({ token: 0, count: 0 });
      expect(found(f, "buried")).toEqual([]);
    };
    outOfReach();
    expect(numberFrom(f, "SELECT count(*) FROM messages")).toBe(451);
    for (const left of [251, 51, 1]) {
      f.clock.advance(20);
      expect(numberFrom(f, "SELECT count(*) FROM messages")).toBe(left);
    }
    outOfReach();
    expect([f.subjects("in"), f.store.check()]).toEqual([["alive"], []]);
  });

  test("a reset and a full answer keep what is named, with its key, and remove the rest", () => {
    const f = new Fixture();
    tell(f, { added: [user("a"), user("b")] });
    f.answer("a", { added: [mail("1")] });
    f.sync.resetFolders();
    expect(f.sync.hierarchyKey()).toBe("0");
    expect(f.subjects("a")).toEqual(["Subject 1"]);
    f.sync.commitFolders("0", {
      syncKey: "g1",
      added: [...FOLDERS, user("a", "in", "A")],
      updated: [],
      deleted: [],
    });
    expect(tree(f)).toEqual({ A: "inbox" });
    expect([f.subjects("a"), f.key("a"), f.sync.hierarchyKey()]).toEqual([["Subject 1"], "1", "g1"]);
  });
});

import { describe, expect, test } from "vitest";
import { Fixture } from "./support.ts";
import { mail } from "./support-core.ts";

describe("a user's action is an intent with its visible effect", () => {
  test("reading shows at once, is told to sync once, and counts", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1"), mail("2")] });
    expect(f.counts("in")).toEqual({ unread: 2, total: 2 });
    const { id } = f.row("in", "Subject 1");
    let woken = 0;
    f.sync.onWork(() => {
      woken += 1;
    });
    const undo = f.store.mail.setRead([id, id], true);
    expect(undo).toEqual({ token: 1, count: 1 });
    expect(woken).toBe(1);
    expect(f.row("in", "Subject 1")).toMatchObject({ unread: false, pending: true });
    expect(f.counts("in")).toEqual({ unread: 1, total: 2 });
    expect(f.sync.intents(10)).toEqual([
      { id: 1, kind: "set", folderId: f.folderId("in"), messageId: id, serverId: "1", read: true },
    ]);
    expect(f.sync.pendingCount()).toEqual({ actions: 1, outbox: 0 });
  });

  test("what is so already makes no intent and no token", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1", { read: true })] });
    const { id } = f.row("in", "Subject 1");
    expect(f.store.mail.setRead([id], true)).toEqual({ token: 0, count: 0 });
    expect(f.store.mail.setFlag([id], false)).toEqual({ token: 0, count: 0 });
    expect(f.sync.intents(10)).toEqual([]);
    expect(f.store.mail.undo(0)).toBe(false);
  });

  test("read and flag before sync looked travel as one change", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1")] });
    const { id } = f.row("in", "Subject 1");
    f.store.mail.setRead([id], true);
    f.store.mail.setFlag([id], true);
    expect(f.sync.intents(10)).toMatchObject([{ kind: "set", read: true, flagged: true }]);
  });

  test("the opposite before sync looked leaves nothing to do", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1")] });
    const { id } = f.row("in", "Subject 1");
    f.store.mail.setRead([id], true);
    f.store.mail.setRead([id], false);
    expect(f.sync.intents(10)).toEqual([]);
    expect(f.row("in", "Subject 1")).toMatchObject({ unread: true, pending: false });
  });

  test("the opposite after sync looked follows as a change of its own, one at a time", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1")] });
    const { id } = f.row("in", "Subject 1");
    f.store.mail.setRead([id], true);
    expect(f.sync.intents(10)).toMatchObject([{ id: 1, read: true }]);
    f.store.mail.setRead([id], false);
    expect(f.row("in", "Subject 1").unread).toBe(true);
    expect(f.sync.intents(10)).toMatchObject([{ id: 1, read: true }]);
    f.sync.settleIntents([{ intentId: 1, verdict: "done" }]);
    expect(f.row("in", "Subject 1")).toMatchObject({ unread: true, pending: true });
    expect(f.sync.intents(10)).toMatchObject([{ id: 2, read: false }]);
    f.sync.settleIntents([{ intentId: 2, verdict: "done" }]);
    expect(f.row("in", "Subject 1")).toMatchObject({ unread: true, pending: false });
  });

  test("a server's change shows through except where the user's pending wish stands", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1", { read: true })] });
    const { id } = f.row("in", "Subject 1");
    f.store.mail.setFlag([id], true);
    f.answer("in", { changed: [{ serverId: "1", read: false, flagged: false }] });
    expect(f.row("in", "Subject 1")).toMatchObject({ unread: true, flagged: true, pending: true });
    f.sync.settleIntents([{ intentId: 1, verdict: "revert", reason: "server won" }]);
    expect(f.row("in", "Subject 1")).toMatchObject({ unread: true, flagged: false, pending: false });
  });

  test("a confirmed change becomes the server's truth in the same transaction as the key", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1")] });
    f.store.mail.setRead([f.row("in", "Subject 1").id], true);
    const [intent] = f.sync.intents(1);
    expect(f.answer("in", { verdicts: [{ intentId: intent?.id ?? 0, verdict: "done" }] })).toBe(true);
    expect(f.row("in", "Subject 1")).toMatchObject({ unread: false, pending: false });
    expect(f.sync.pendingCount().actions).toBe(0);
  });

  test("a refused commit settles nothing", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1")] });
    f.store.mail.setRead([f.row("in", "Subject 1").id], true);
    const refused = f.answer("in", {
      previousKey: "99",
      added: [mail("2")],
      verdicts: [{ intentId: 1, verdict: "revert", reason: "" }],
    });
    expect(refused).toBe(false);
    expect(f.subjects("in")).toEqual(["Subject 1"]);
    expect(f.sync.pendingCount().actions).toBe(1);
    expect(f.key("in")).toBe("1");
  });
});

describe("moving and deleting", () => {
  test("remove moves to Deleted Items; from there it deletes for good", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1")] });
    const { id } = f.row("in", "Subject 1");
    f.store.mail.remove([id]);
    expect(f.subjects("in")).toEqual([]);
    expect(f.subjects("tr")).toEqual(["Subject 1"]);
    expect(f.sync.intents(10)).toMatchObject([
      { kind: "move", serverId: "1", fromServerId: "in", toServerId: "tr", messageId: id },
    ]);
    f.sync.settleIntents([{ intentId: 1, verdict: "done", newServerId: "t1" }]);
    f.store.mail.remove([id]);
    expect(f.subjects("tr")).toEqual([]);
    expect(f.store.mail.open(id)).toBeNull();
    expect(f.sync.intents(10)).toMatchObject([
      { kind: "delete", serverId: "t1", folderId: f.folderId("tr") },
    ]);
    f.sync.settleIntents([{ intentId: 2, verdict: "done" }]);
    expect(f.sync.pendingCount().actions).toBe(0);
    expect(f.counts("tr")).toEqual({ unread: 0, total: 0 });
  });

  test("without a folder for deleted items it deletes for good", () => {
    const f = new Fixture();
    f.sync.commitFolders("f1", { syncKey: "f2", added: [], updated: [], deleted: ["tr"] });
    f.answer("in", { added: [mail("1")] });
    f.store.mail.remove([f.row("in", "Subject 1").id]);
    expect(f.sync.intents(10)).toMatchObject([{ kind: "delete", serverId: "1" }]);
  });

  test("moving is refused to folders that are unknown, of another class or another account", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1")] });
    const { id, folderId } = f.row("in", "Subject 1");
    f.sync.commitFolders("f1", {
      syncKey: "f2",
      added: [{ serverId: "cal", parentId: "0", name: "Calendar", role: "user", class: "calendar" }],
      updated: [],
      deleted: [],
    });
    const unknown = f.folderId("cal");
    expect(f.store.mail.move([id], unknown)).toBeNull();
    expect(f.store.mail.move([id], folderId)).toEqual({ token: 0, count: 0 });
    expect(f.sync.intents(10)).toEqual([]);
  });

  test("a message keeps its id through a move, and its Add in the new folder joins it", () => {
    const f = new Fixture();
    const one = mail("1");
    f.answer("in", { added: [one] });
    const { id } = f.row("in", "Subject 1");
    f.store.mail.move([id], f.folderId("pr"));
    f.sync.intents(10);
    f.sync.settleIntents([{ intentId: 1, verdict: "done", newServerId: "p1" }]);
    f.answer("pr", { added: [{ ...one, serverId: "p1", read: true }] });
    f.answer("in", { deleted: ["1"] });
    expect(f.rows("pr")).toMatchObject([{ id, unread: false, pending: false }]);
    expect(f.rows("in")).toEqual([]);
  });

  test.each([
    "delete, add, verdict",
    "add, delete, verdict",
    "add, verdict, delete",
    "delete, verdict, add",
    "delete, add",
    "add, delete",
  ])("the answers about a move may come in any order: %s", (order) => {
    const f = new Fixture();
    const one = mail("1");
    f.answer("in", { added: [one, mail("2")] });
    const { id } = f.row("in", "Subject 1");
    f.store.mail.move([id], f.folderId("pr"));
    f.sync.intents(10);
    for (const step of order.split(", ")) {
      if (step === "add") f.answer("pr", { added: [{ ...one, serverId: "p1" }] });
      if (step === "delete") f.answer("in", { deleted: ["1"] });
      if (step === "verdict") f.sync.settleIntents([{ intentId: 1, verdict: "done", newServerId: "p1" }]);
      expect(f.rows("pr").map((row) => row.id)).toEqual([id]);
      expect(f.subjects("in")).toEqual(["Subject 2"]);
    }
    expect(f.sync.pendingCount().actions).toBe(0);
    f.answer("pr");
    f.answer("pr");
    f.answer("pr");
    expect(f.rows("pr")).toMatchObject([{ id, pending: false }]);
    f.answer("pr", { deleted: ["p1"] });
    expect(f.rows("pr")).toEqual([]);
  });

  test("a moved message that never arrives is given up after two complete passes", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1")] });
    f.store.mail.move([f.row("in", "Subject 1").id], f.folderId("pr"));
    f.sync.intents(10);
    f.sync.settleIntents([{ intentId: 1, verdict: "done", newServerId: null }]);
    f.answer("pr", { passComplete: false });
    f.answer("pr");
    expect(f.subjects("pr")).toEqual(["Subject 1"]);
    f.answer("pr");
    expect(f.subjects("pr")).toEqual([]);
  });

  test("what only looks like the moved message is shown when the move is refused", () => {
    const f = new Fixture();
    const one = mail("1");
    f.answer("in", { added: [one] });
    const { id } = f.row("in", "Subject 1");
    f.store.mail.move([id], f.folderId("pr"));
    f.sync.intents(10);
    f.answer("pr", { added: [{ ...one, serverId: "p9" }] });
    expect(f.rows("pr")).toHaveLength(1);
    f.sync.settleIntents([{ intentId: 1, verdict: "revert", reason: "refused" }]);
    expect(f.rows("in").map((row) => row.id)).toEqual([id]);
    expect(f.rows("pr").map((row) => row.id)).not.toContain(id);
    expect(f.rows("pr")).toHaveLength(1);
  });

  test("a wish about a message whose new id is unknown waits for the id", () => {
    const f = new Fixture();
    const one = mail("1");
    f.answer("in", { added: [one] });
    const { id } = f.row("in", "Subject 1");
    f.store.mail.move([id], f.folderId("pr"));
    f.sync.intents(10);
    f.sync.settleIntents([{ intentId: 1, verdict: "done", newServerId: null }]);
    f.store.mail.setFlag([id], true);
    expect(f.sync.intents(10)).toEqual([]);
    f.answer("pr", { added: [{ ...one, serverId: "p1" }] });
    expect(f.sync.intents(10)).toMatchObject([{ kind: "set", serverId: "p1", flagged: true, messageId: id }]);
  });

  test("`gone` drops the message with all its intents", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1"), mail("2")] });
    const { id } = f.row("in", "Subject 1");
    f.store.mail.setRead([id], true);
    f.sync.intents(1);
    f.store.mail.move([id], f.folderId("pr"));
    f.sync.settleIntents([{ intentId: 1, verdict: "gone" }]);
    expect(f.subjects("in")).toEqual(["Subject 2"]);
    expect(f.subjects("pr")).toEqual([]);
    expect(f.sync.pendingCount().actions).toBe(0);
  });
});

describe("undo", () => {
  test("before sync looked: nothing is left to send", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1"), mail("2", { flagged: true })] });
    const ids = f.rows("in").map((row) => row.id);
    const before = f.rows("in");
    for (const act of [
      () => f.store.mail.setRead(ids, true),
      () => f.store.mail.setFlag(ids, true),
      () => f.store.mail.move(ids, f.folderId("pr")),
      () => f.store.mail.remove(ids),
    ]) {
      const done = act();
      expect(f.rows("in")).not.toEqual(before);
      expect(f.store.mail.undo(done?.token ?? 0)).toBe(true);
      expect(f.rows("in")).toEqual(before);
      expect(f.sync.pendingCount().actions).toBe(0);
      expect(f.store.mail.undo(done?.token ?? 0)).toBe(false);
    }
  });

  test("after sync looked: a counter intent", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1")] });
    const { id } = f.row("in", "Subject 1");
    const done = f.store.mail.remove([id]);
    f.sync.intents(10);
    expect(f.store.mail.undo(done.token)).toBe(true);
    expect(f.subjects("in")).toEqual(["Subject 1"]);
    f.sync.settleIntents([{ intentId: 1, verdict: "done", newServerId: "t1" }]);
    expect(f.subjects("in")).toEqual(["Subject 1"]);
    expect(f.sync.intents(10)).toMatchObject([
      { kind: "move", serverId: "t1", fromServerId: "tr", toServerId: "in" },
    ]);
    f.sync.settleIntents([{ intentId: 2, verdict: "done", newServerId: "9" }]);
    expect(f.rows("in")).toMatchObject([{ id, pending: false }]);
  });

  test("deleting for good can be taken back only before sync looked", () => {
    const f = new Fixture();
    f.answer("tr", { added: [mail("1"), mail("2")] });
    const first = f.store.mail.remove([f.row("tr", "Subject 1").id]);
    expect(f.store.mail.undo(first.token)).toBe(true);
    expect(f.subjects("tr")).toHaveLength(2);
    const second = f.store.mail.remove([f.row("tr", "Subject 2").id]);
    f.sync.intents(10);
    expect(f.store.mail.undo(second.token)).toBe(false);
    expect(f.subjects("tr")).toEqual(["Subject 1"]);
  });

  test("survives a restart, and expires after an hour", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1")] });
    const { id } = f.row("in", "Subject 1");
    const done = f.store.mail.setRead([id], true);
    f.reopen();
    expect(f.store.mail.undo(done.token)).toBe(true);
    const again = f.store.mail.setRead([id], true);
    f.clock.advance(60 * 60 * 1000 + 1);
    expect(f.store.mail.undo(again.token)).toBe(false);
    expect(f.row("in", "Subject 1").unread).toBe(false);
  });
});

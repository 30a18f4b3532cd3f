import { describe, expect, test } from "vitest";
import { Fixture } from "./support.ts";
import { addAccount, FOLDERS, mail, OTHER } from "./support-core.ts";

/** One message in the inbox, and what the user can do to it. */
function one(more: Parameters<typeof mail>[1] = {}) {
  const f = new Fixture();
  f.answer("in", { added: [mail("1", more)] });
  const { id } = f.row("in", "Subject 1");
  return {
    f,
    id,
    read: (value = true) => f.store.mail.setRead([id], value),
    flag: (value = true) => f.store.mail.setFlag([id], value),
    move: (folder: string) => f.store.mail.move([id], f.folderId(folder)),
    intents: () =>
      f.sync.intents(100).map((intent) => {
        const { id: _, folderId: __, messageId: ___, serverId: ____, ...rest } = intent;
        return rest;
      }),
    done: (newServerId?: string) => {
      const intent = f.sync.intents(1)[0];
      f.sync.settleIntents([
        { intentId: intent?.id ?? 0, verdict: "done", newServerId: newServerId ?? null },
      ]);
    },
  };
}

type One = ReturnType<typeof one>;
const to = (f: Fixture, from: string, target: string) => ({
  kind: "move",
  fromServerId: from,
  toServerId: target,
  targetId: f.folderId(target),
});

describe("wishes that sync has not seen become one", () => {
  test.each([
    ["read", (m: One) => [m.read()], { read: true }],
    ["read, flag", (m: One) => [m.read(), m.flag()], { read: true, flagged: true }],
    ["flag, read", (m: One) => [m.flag(), m.read()], { read: true, flagged: true }],
    ["read, flag, unflag", (m: One) => [m.read(), m.flag(), m.flag(false)], { read: true }],
    ["read, unread, flag", (m: One) => [m.read(), m.read(false), m.flag()], { flagged: true }],
    ["read, unread, read", (m: One) => [m.read(), m.read(false), m.read()], { read: true }],
  ] as const)("%s", (_, act, expected) => {
    const m = one();
    act(m);
    expect(m.intents()).toEqual([{ kind: "set", ...expected }]);
    expect(m.f.sync.pendingCount().actions).toBe(1);
  });

  test.each([
    ["read, unread", (m: One) => [m.read(), m.read(false)]],
    ["flag, unflag", (m: One) => [m.flag(), m.flag(false)]],
    ["read, flag, unflag, unread", (m: One) => [m.read(), m.flag(), m.flag(false), m.read(false)]],
    ["there and back", (m: One) => [m.move("pr"), m.move("in")]],
    ["there, elsewhere and back", (m: One) => [m.move("pr"), m.move("tr"), m.move("in")]],
  ] as const)("%s is nothing at all", (_, act) => {
    const m = one();
    act(m);
    expect(m.intents()).toEqual([]);
    expect(m.f.row("in", "Subject 1")).toMatchObject({ pending: false, unread: true, flagged: false });
  });

  test("two moves are one, to the last place", () => {
    const m = one();
    m.move("pr");
    m.move("tr");
    expect(m.intents()).toEqual([to(m.f, "in", "tr")]);
  });

  test("a change and a move stay two, in the order of the wishes", () => {
    const m = one();
    m.read();
    m.move("pr");
    expect(m.intents()).toEqual([{ kind: "set", read: true }]);
    m.done();
    expect(m.intents()).toEqual([to(m.f, "in", "pr")]);
  });

  test("a change after a move is told of the message in its new place", () => {
    const m = one();
    m.move("pr");
    m.read();
    expect(m.intents()).toEqual([to(m.f, "in", "pr")]);
    m.done("p1");
    expect(m.f.sync.intents(5)).toMatchObject([
      { kind: "set", serverId: "p1", folderId: m.f.folderId("pr"), read: true },
    ]);
  });

  test("a delete is one, however often it is wished", () => {
    const m = one();
    m.move("tr");
    m.done("t1");
    m.f.store.mail.remove([m.id]);
    m.f.store.mail.remove([m.id]);
    expect(m.intents()).toEqual([{ kind: "delete" }]);
  });
});

describe("wishes that sync has seen stay, and later ones follow", () => {
  test("the opposite", () => {
    const m = one();
    m.read();
    m.intents();
    m.read(false);
    expect(m.f.sync.pendingCount().actions).toBe(2);
    expect(m.intents()).toEqual([{ kind: "set", read: true }]);
    m.done();
    expect(m.intents()).toEqual([{ kind: "set", read: false }]);
  });

  test("the same again needs no second", () => {
    const m = one();
    m.read();
    m.intents();
    expect(m.read()).toEqual({ token: 0, count: 0 });
    expect(m.f.sync.pendingCount().actions).toBe(1);
  });

  test("a second and a third before sync looks again are one", () => {
    const m = one();
    m.read();
    m.intents();
    m.flag();
    m.read(false);
    expect(m.f.sync.pendingCount().actions).toBe(2);
    m.done();
    expect(m.intents()).toEqual([{ kind: "set", read: false, flagged: true }]);
  });

  test("the opposite and back leave only what was seen", () => {
    const m = one();
    m.read();
    m.intents();
    m.read(false);
    m.read();
    expect(m.f.sync.pendingCount().actions).toBe(1);
    expect(m.f.row("in", "Subject 1")).toMatchObject({ unread: false, pending: true });
  });

  test("a way back follows a move that was seen", () => {
    const m = one();
    m.move("pr");
    m.intents();
    m.move("in");
    expect(m.f.subjects("in")).toEqual(["Subject 1"]);
    m.done("p1");
    expect(m.intents()).toEqual([to(m.f, "pr", "in")]);
    m.done("1b");
    expect(m.f.rows("in")).toMatchObject([{ id: m.id, pending: false }]);
  });

  test("having been seen is remembered over a restart", () => {
    const m = one();
    m.read();
    m.intents();
    m.f.reopen();
    m.f.store.mail.setRead([m.id], false);
    expect(m.f.sync.pendingCount().actions).toBe(2);
  });
});

describe("what sync is given", () => {
  test("the oldest first, at most so many, one for each message", () => {
    const f = new Fixture();
    f.answer("in", { added: Array.from({ length: 6 }, (_, n) => mail(`${n}`)) });
    const ids = f.rows("in").map((row) => row.id);
    f.store.mail.setRead(ids, true);
    f.store.mail.move(ids, f.folderId("pr"));
    expect(f.sync.intents(4).map((intent) => intent.id)).toEqual([1, 2, 3, 4]);
    expect(f.sync.intents(100)).toHaveLength(6);
    expect(f.sync.pendingCount().actions).toBe(12);
    expect(f.sync.intents(0)).toEqual([]);
  });

  test("the same as long as nothing is settled", () => {
    const m = one();
    m.read();
    const first = m.f.sync.intents(5);
    expect(m.f.sync.intents(5)).toEqual(first);
    m.f.reopen();
    expect(m.f.sync.intents(5)).toEqual(first);
  });

  test("only wishes about messages of its own account", () => {
    const m = one();
    m.read();
    const other = addAccount(m.f.store, OTHER, "otto@example.com");
    other.commitFolders("0", { syncKey: "1", added: FOLDERS, updated: [], deleted: [] });
    expect(other.intents(5)).toEqual([]);
    expect(other.pendingCount().actions).toBe(0);
  });
});

describe("verdicts", () => {
  test("on what is settled already, or was never there, change nothing", () => {
    const m = one();
    m.read();
    m.done();
    const before = m.f.rows("in");
    for (const verdict of [
      { intentId: 1, verdict: "gone" },
      { intentId: 1, verdict: "revert", reason: "" },
      { intentId: 999, verdict: "gone" },
      { intentId: -1, verdict: "done" },
    ] as const)
      m.f.sync.settleIntents([verdict]);
    expect(m.f.rows("in")).toEqual(before);
  });

  test("`revert` takes back what was shown, and leaves later wishes", () => {
    const m = one();
    m.read();
    m.intents();
    m.flag();
    m.f.sync.settleIntents([{ intentId: 1, verdict: "revert", reason: "no" }]);
    expect(m.f.row("in", "Subject 1")).toMatchObject({ unread: true, flagged: true, pending: true });
    expect(m.intents()).toEqual([{ kind: "set", flagged: true }]);
  });

  test("`revert` of a move brings the message home", () => {
    const m = one();
    m.move("pr");
    m.intents();
    m.f.sync.settleIntents([{ intentId: 1, verdict: "revert", reason: "no" }]);
    expect([m.f.subjects("in"), m.f.subjects("pr")]).toEqual([["Subject 1"], []]);
    expect(m.f.counts("in")).toEqual({ unread: 1, total: 1 });
    expect(m.f.counts("pr")).toEqual({ unread: 0, total: 0 });
  });

  test("`revert` of a delete brings the message back", () => {
    const f = new Fixture();
    f.answer("tr", { added: [mail("1")] });
    f.store.mail.remove([f.row("tr", "Subject 1").id]);
    expect(f.subjects("tr")).toEqual([]);
    f.sync.intents(1);
    f.sync.settleIntents([{ intentId: 1, verdict: "revert", reason: "no" }]);
    expect(f.rows("tr")).toMatchObject([{ subject: "Subject 1", pending: false }]);
  });

  test("a `done` that is newer than the server's own change does not hide a later one", () => {
    const m = one();
    m.read();
    m.intents();
    m.f.answer("in", {
      verdicts: [{ intentId: 1, verdict: "done" }],
      changed: [{ serverId: "1", read: false }],
    });
    expect(m.f.row("in", "Subject 1")).toMatchObject({ unread: true, pending: false });
  });

  test("several in one answer are taken in their order", () => {
    const m = one();
    m.read();
    m.move("pr");
    m.f.sync.intents(5);
    m.f.sync.settleIntents([{ intentId: 1, verdict: "done" }]);
    m.f.sync.intents(5);
    m.f.sync.settleIntents([
      { intentId: 2, verdict: "done", newServerId: "p1" },
      { intentId: 2, verdict: "revert", reason: "late" },
    ]);
    expect(m.f.rows("pr")).toMatchObject([{ id: m.id, unread: false, pending: false }]);
  });

  test("what another message's deletion takes along is that message's only", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1"), mail("2")] });
    const ids = f.rows("in").map((row) => row.id);
    f.store.mail.setFlag(ids, true);
    f.answer("in", { deleted: ["1"] });
    expect(f.sync.intents(5)).toMatchObject([{ serverId: "2", flagged: true }]);
    expect(f.sync.pendingCount().actions).toBe(1);
  });
});

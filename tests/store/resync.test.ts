import { describe, expect, test } from "vitest";
import { count, Fixture } from "./support.ts";
import { breaking, mail } from "./support-core.ts";

/** An inbox of so many messages, in step with the server. */
function synced(amount: number) {
  const f = new Fixture();
  const all = Array.from({ length: amount }, (_, index) => mail(`${index}`));
  f.answer("in", { added: all });
  return { f, all, reset: () => f.sync.resetCollection(f.folderId("in")) };
}

const inbox = (f: Fixture) => f.sync.collections().find((collection) => collection.serverId === "in");

describe("a reset", () => {
  test("takes the key back to 0 and shows everything as before", () => {
    const { f, reset } = synced(5);
    const rows = f.rows("in");
    reset();
    expect(inbox(f)).toMatchObject({ syncKey: "0", complete: false, stored: 5 });
    expect(f.rows("in")).toEqual(rows);
    expect(f.counts("in")).toEqual({ unread: 5, total: 5 });
  });

  test("of one folder leaves the others in step", () => {
    const { f, reset } = synced(1);
    f.answer("pr", { added: [mail("p")] });
    reset();
    expect(f.key("pr")).toBe("1");
    expect(f.subjects("pr")).toEqual(["Subject p"]);
  });

  test("of a folder that is unknown does nothing", () => {
    const { f } = synced(1);
    f.sync.resetCollection(999 as never);
    expect(f.key("in")).toBe("1");
  });

  test("keeps drafts, wishes and bodies", () => {
    const { f, reset } = synced(2);
    const { id } = f.row("in", "Subject 1");
    f.store.mail.setFlag([id], true);
    reset();
    expect(f.sync.pendingCount().actions).toBe(1);
    expect(f.store.mail.open(id)?.body).toMatchObject({ html: "<p>Body of 1</p>" });
    expect(f.row("in", "Subject 1").flagged).toBe(true);
  });

  test("an answer that was asked for before it is refused", () => {
    const { f, reset } = synced(1);
    reset();
    expect(f.answer("in", { previousKey: "1", added: [mail("late")] })).toBe(false);
    expect(f.subjects("in")).toEqual(["Subject 0"]);
  });
});

describe("the pass after a reset", () => {
  test("keeps the rows of what it names, with their ids", () => {
    const { f, all, reset } = synced(4);
    const ids = f.rows("in").map((row) => row.id);
    reset();
    f.answer("in", { added: all });
    expect(f.rows("in").map((row) => row.id)).toEqual(ids);
    expect(inbox(f)).toMatchObject({ complete: true, stored: 4 });
  });

  test("drops what it does not name only at its end", () => {
    const { f, all, reset } = synced(6);
    reset();
    f.answer("in", { passComplete: false });
    f.answer("in", { added: all.slice(0, 2), passComplete: false });
    f.answer("in", { added: all.slice(2, 3), passComplete: false });
    expect(f.rows("in")).toHaveLength(6);
    expect(inbox(f)?.complete).toBe(false);
    f.answer("in");
    expect(f.subjects("in").sort()).toEqual(["Subject 0", "Subject 1", "Subject 2"]);
  });

  test("takes what the server changed meanwhile", () => {
    const { f, all, reset } = synced(2);
    reset();
    f.answer("in", {
      added: all.map((message) => ({ ...message, read: true, subject: `New ${message.serverId}` })),
    });
    expect(f.subjects("in").sort()).toEqual(["New 0", "New 1"]);
    expect(f.counts("in")).toEqual({ unread: 0, total: 2 });
    expect(f.rows("in", "all", "new")).toHaveLength(2);
  });

  test("shows what is new at once", () => {
    const { f, reset } = synced(1);
    reset();
    f.answer("in", { added: [mail("fresh")], passComplete: false });
    expect(f.subjects("in").sort()).toEqual(["Subject 0", "Subject fresh"]);
  });

  test("may delete and change what it named before", () => {
    const { f, all, reset } = synced(3);
    reset();
    f.answer("in", { added: all, passComplete: false });
    f.answer("in", { deleted: ["1"], changed: [{ serverId: "2", flagged: true }] });
    expect(f.subjects("in").sort()).toEqual(["Subject 0", "Subject 2"]);
    expect(f.row("in", "Subject 2").flagged).toBe(true);
  });

  test("of an empty folder leaves an empty folder, also in the index", () => {
    const { f, reset } = synced(3);
    reset();
    f.answer("in");
    expect(f.rows("in")).toEqual([]);
    expect(f.rows("in", "all", "body")).toEqual([]);
    expect(f.counts("in")).toEqual({ unread: 0, total: 0 });
    for (const table of ["messages", "message_details", "bodies"])
      expect(count(f.path, `SELECT count(*) FROM ${table}`)).toBe(0);
  });

  test("drops the wishes about what is gone, and keeps the others", () => {
    const { f, all, reset } = synced(3);
    f.store.mail.setFlag(
      f.rows("in").map((row) => row.id),
      true,
    );
    reset();
    f.answer("in", { added: all.slice(0, 1) });
    expect(f.sync.intents(10)).toMatchObject([{ serverId: "0", flagged: true }]);
    expect(f.sync.pendingCount().actions).toBe(1);
  });

  test("lets a message whose move is on its way arrive in its new folder", () => {
    const { f, all, reset } = synced(2);
    const { id } = f.row("in", "Subject 1");
    f.store.mail.move([id], f.folderId("pr"));
    f.sync.intents(5);
    reset();
    f.answer("in", { added: all.slice(0, 1) });
    expect(f.rows("pr").map((row) => row.id)).toEqual([id]);
    f.answer("pr", { added: [{ ...mail("1"), ...all[1], serverId: "p1" }] });
    expect(f.rows("pr")).toMatchObject([{ id, pending: false }]);
  });

  test("that finds a message back where its move was refused keeps it there", () => {
    const { f, all, reset } = synced(1);
    const { id } = f.row("in", "Subject 0");
    f.store.mail.move([id], f.folderId("pr"));
    f.sync.intents(5);
    reset();
    f.answer("in", { added: all });
    expect(f.subjects("pr")).toEqual(["Subject 0"]);
    f.sync.settleIntents([{ intentId: 1, verdict: "revert", reason: "no" }]);
    expect(f.rows("in").map((row) => row.id)).toEqual([id]);
  });
});

describe("a pass that does not end", () => {
  test("goes on after a restart, and sweeps at its end what neither part named", () => {
    const { f, all, reset } = synced(5);
    reset();
    f.answer("in", { added: all.slice(0, 2), passComplete: false });
    f.reopen();
    expect(inbox(f)).toMatchObject({ syncKey: "1", complete: false, stored: 5 });
    f.answer("in", { added: all.slice(2, 3), passComplete: false });
    f.reopen();
    f.answer("in", { added: all.slice(3, 4) });
    expect(f.subjects("in").sort()).toEqual(["Subject 0", "Subject 1", "Subject 2", "Subject 3"]);
  });

  test("and is reset again sweeps what only the first part had named", () => {
    const { f, all, reset } = synced(3);
    reset();
    f.answer("in", { added: all, passComplete: false });
    reset();
    f.answer("in", { added: all.slice(0, 1) });
    expect(f.subjects("in")).toEqual(["Subject 0"]);
  });

  test("and whose last answer fails keeps everything for the next try", () => {
    const { f, all, reset } = synced(3);
    reset();
    f.answer("in", { added: all.slice(0, 1), passComplete: false });
    const broken = breaking("x");
    expect(() => f.answer("in", { added: [broken] })).toThrow();
    expect(f.rows("in")).toHaveLength(3);
    f.answer("in", { added: all.slice(1, 2) });
    expect(f.subjects("in").sort()).toEqual(["Subject 0", "Subject 1"]);
  });

  test("ten times over leaves the store in order", () => {
    const { f, all, reset } = synced(10);
    for (let n = 0; n < 10; n += 1) {
      reset();
      f.answer("in", { added: all.slice(n, n + 2), passComplete: false });
    }
    f.answer("in", { added: all.slice(0, 9) });
    expect(f.rows("in")).toHaveLength(10);
    reset();
    f.answer("in", { added: all.slice(0, 4) });
    expect(f.rows("in")).toHaveLength(4);
    expect(f.store.check()).toEqual([]);
  });
});

describe("a first pass", () => {
  test("is complete with the answer that says so, and not before", () => {
    const f = new Fixture();
    expect(inbox(f)).toMatchObject({ syncKey: "0", complete: false, stored: 0 });
    f.answer("in", { passComplete: false });
    f.answer("in", { added: [mail("1")], passComplete: false });
    expect(inbox(f)).toMatchObject({ syncKey: "2", complete: false, stored: 1 });
    f.answer("in", { added: [mail("2")] });
    expect(inbox(f)).toMatchObject({ syncKey: "3", complete: true, stored: 2 });
    f.answer("in", { passComplete: false });
    expect(inbox(f)?.complete).toBe(true);
  });

  test("sweeps nothing", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1")], passComplete: false });
    f.answer("in");
    expect(f.subjects("in")).toEqual(["Subject 1"]);
  });

  test("notes when sync last had an answer", () => {
    const f = new Fixture();
    expect(f.sync.lastSync()).toBeNull();
    f.answer("in", { at: 12345 });
    expect(f.sync.lastSync()).toBe(12345);
    f.answer("in", { at: 99, previousKey: "wrong" });
    expect(f.sync.lastSync()).toBe(12345);
  });
});

describe("a repair", () => {
  /** A store with one of everything that is owned, about a message that is mirrored. */
  function busy() {
    const { f, all } = synced(3);
    const ids = f.rows("in").map((row) => row.id);
    return { f, all, ids };
  }

  const wishes = [
    ["read", (f: Fixture, id: never) => f.store.mail.setRead([id], true)],
    ["flag", (f: Fixture, id: never) => f.store.mail.setFlag([id], true)],
    ["move", (f: Fixture, id: never) => f.store.mail.move([id], f.folderId("pr"))],
    ["remove", (f: Fixture, id: never) => f.store.mail.remove([id])],
  ] as const;
  const combinations = Array.from({ length: 16 }, (_, mask) =>
    wishes.filter((__, bit) => mask & (1 << bit)),
  ).map((chosen) => [chosen.map(([name]) => name).join(" + ") || "nothing", chosen] as const);

  test.each(combinations)("keeps what the user wished: %s", (_, chosen) => {
    const { f, all } = busy();
    const { id } = f.row("in", "Subject 1");
    for (const [, act] of chosen) act(f, id as never);
    const view = () =>
      ["in", "pr", "tr"].map((folder) =>
        f
          .rows(folder)
          .map(({ subject, unread, flagged, pending }) => ({ subject, unread, flagged, pending })),
      );
    const before = view();
    const pending = f.sync.pendingCount();
    f.store.repair();
    expect(view()).toEqual([[], [], []]);
    expect(f.sync.pendingCount()).toEqual(pending);
    f.reopen();
    f.sync.resetCollection(f.folderId("in"));
    f.answer("in", { added: all });
    expect(view()).toEqual(before);
    expect(f.sync.pendingCount()).toEqual(pending);
    expect(f.store.check()).toEqual([]);
  });

  test.each(combinations.filter(([, chosen]) => chosen.length === 1))(
    "lets a wish that sync had seen go out again: %s",
    (_, chosen) => {
      const { f, all } = busy();
      const { id } = f.row("in", "Subject 1");
      for (const [, act] of chosen) act(f, id as never);
      const [before] = f.sync.intents(5);
      f.store.repair();
      expect(f.sync.intents(5)).toEqual([]);
      f.answer("in", { added: all });
      const [after] = f.sync.intents(5);
      expect(after).toEqual({ ...before, messageId: f.sync.intents(5)[0]?.messageId });
    },
  );

  test("gives messages new ids, so that nothing old points at something else", () => {
    const { f, all, ids } = busy();
    f.store.repair();
    f.answer("in", { added: all });
    const fresh = f.rows("in").map((row) => row.id);
    expect(Math.min(...fresh)).toBeGreaterThan(Math.max(...ids));
    for (const id of ids) expect(f.store.mail.open(id)).toBeNull();
  });

  test("keeps whom the user writes to", () => {
    const { f } = busy();
    const before = f.store.mail.suggest("bob", 5);
    expect(before).toHaveLength(1);
    f.store.repair();
    expect(f.store.mail.suggest("bob", 5)).toEqual(before);
  });

  test("twice is as once", () => {
    const { f, all } = busy();
    f.store.mail.setFlag([f.row("in", "Subject 1").id], true);
    f.store.repair();
    f.store.repair();
    expect(f.sync.pendingCount().actions).toBe(1);
    f.answer("in", { added: all });
    expect(f.row("in", "Subject 1")).toMatchObject({ flagged: true, pending: true });
  });

  test("of an empty store does nothing", () => {
    const f = new Fixture();
    f.store.repair();
    expect(f.store.check()).toEqual([]);
    expect(f.sync.collections()).toHaveLength(5);
  });

  test("drops the wish about a message on its way, which nobody could find again", () => {
    const { f } = busy();
    const { id } = f.row("in", "Subject 1");
    f.store.mail.move([id], f.folderId("pr"));
    f.sync.intents(5);
    f.sync.settleIntents([{ intentId: 1, verdict: "done", newServerId: null }]);
    f.store.mail.setFlag([id], true);
    f.store.repair();
    expect(f.sync.pendingCount().actions).toBe(0);
  });
});

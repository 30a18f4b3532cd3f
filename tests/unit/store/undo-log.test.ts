import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { undoLog } from "../../../electron/store/mail/undo.ts";
import type { MessageId } from "../../../shared/model/ids.ts";
import { Fixture } from "../../store/support.ts";
import { mail } from "../../store/support-core.ts";
import { bareDb, SEED } from "../../support/store/workbench.ts";

const HOUR = 60 * 60 * 1000;
const id = (n: number) => n as MessageId;

describe("the undo log on its own", () => {
  test("an action that changed nothing has no token and leaves no entry", () => {
    const { db, clock } = bareDb();
    const log = undoLog(db, clock);
    expect(log.write("read", [])).toBe(0);
    expect(log.take(0)).toBeNull();
    expect(log.write("read", [[id(1), 0]])).toBe(1);
  });

  test("an entry is what was written, by message id, and is used up when taken", () => {
    const { db, clock } = bareDb();
    const log = undoLog(db, clock);
    const token = log.write("place", [
      [id(9), 3],
      [id(2), 1],
      [id(5), 3],
    ]);
    expect(log.take(token)).toEqual({
      kind: "place",
      items: [
        { message_id: 2, was: 1 },
        { message_id: 5, was: 3 },
        { message_id: 9, was: 3 },
      ],
    });
    expect(log.take(token)).toBeNull();
    expect(db.sql.prepare("SELECT count(*) FROM undo_items").pluck().get()).toBe(0);
  });

  test("tokens grow and are never given twice, also after all were taken", () => {
    const { db, clock } = bareDb();
    const log = undoLog(db, clock);
    const tokens: number[] = [];
    for (let n = 0; n < 10; n += 1) {
      tokens.push(log.write("flag", [[id(n + 1), 0]]));
      if (n % 2 === 1) for (const token of tokens) log.take(token);
    }
    expect(tokens).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test.each([
    [0, true],
    [HOUR - 1, true],
    [HOUR, true],
    [HOUR + 1, false],
    [24 * HOUR, false],
  ])("after %i ms it can be taken: %s", (later, expected) => {
    const { db, clock } = bareDb();
    const log = undoLog(db, clock);
    const token = log.write("read", [[id(1), 0]]);
    clock.advance(later);
    expect(log.take(token) !== null).toBe(expected);
  });

  test.each([49, 50, 51, 120])("of %i actions the latest fifty can be taken back, in any order", (count) => {
    const { db, clock } = bareDb();
    const log = undoLog(db, clock);
    const tokens = Array.from({ length: count }, (_, n) => log.write("read", [[id(n + 1), 0]]));
    expect(db.sql.prepare("SELECT count(*) FROM undo").pluck().get()).toBe(Math.min(count, 50));
    expect(db.sql.prepare("SELECT count(*) FROM undo_items").pluck().get()).toBe(Math.min(count, 50));
    const taken = tokens.filter((token) => log.take(token) !== null);
    expect(taken).toEqual(tokens.slice(-50));
  });

  test("a new action sweeps out what is too old, with its items", () => {
    const { db, clock } = bareDb();
    const log = undoLog(db, clock);
    log.write("read", [
      [id(1), 0],
      [id(2), 0],
    ]);
    clock.advance(HOUR + 1);
    const token = log.write("read", [[id(3), 1]]);
    expect(db.sql.prepare("SELECT token FROM undo").pluck().all()).toEqual([token]);
    expect(db.sql.prepare("SELECT message_id FROM undo_items").pluck().all()).toEqual([3]);
  });

  test.each([-1, 0.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY])(
    "the token %d is unknown, not an error",
    (token) => {
      const { db, clock } = bareDb();
      const log = undoLog(db, clock);
      log.write("read", [[id(1), 0]]);
      expect(log.take(token)).toBeNull();
      expect(log.take(1)).not.toBeNull();
    },
  );
});

describe("taking actions back", () => {
  function mailbox(count: number): { f: Fixture; all: MessageId[]; state: () => unknown } {
    const f = new Fixture();
    f.answer("in", {
      added: Array.from({ length: count }, (_, n) =>
        mail(`${n}`, { date: n, read: n % 2 === 0, flagged: n % 3 === 0 }),
      ),
    });
    const names = ["in", "pr", "tr"];
    return {
      f,
      all: f.rows("in").map((row) => row.id),
      state: () => names.map((name) => [f.rows(name), f.counts(name)]),
    };
  }

  const ACTION = fc.record({
    kind: fc.constantFrom("read", "unread", "flag", "unflag", "move-pr", "move-in", "remove"),
    picks: fc.array(fc.nat({ max: 9 }), { minLength: 0, maxLength: 6 }),
  });

  test("any actions, taken back last first, leave everything as it was and nothing to send", () => {
    const { f, all, state } = mailbox(10);
    const before = state();
    fc.assert(
      fc.property(fc.array(ACTION, { minLength: 1, maxLength: 8 }), (actions) => {
        const tokens: number[] = [];
        for (const { kind, picks } of actions) {
          const ids = picks.flatMap((pick) => all[pick] ?? []);
          const done =
            kind === "read" || kind === "unread"
              ? f.store.mail.setRead(ids, kind === "read")
              : kind === "flag" || kind === "unflag"
                ? f.store.mail.setFlag(ids, kind === "flag")
                : kind === "remove"
                  ? f.store.mail.remove(ids)
                  : f.store.mail.move(ids, f.folderId(kind.slice(5)));
          if (done !== null && done.token !== 0) tokens.push(done.token);
          if (done !== null) expect(done.token === 0).toBe(done.count === 0);
        }
        for (const token of tokens.reverse()) expect(f.store.mail.undo(token)).toBe(true);
        expect(state()).toEqual(before);
        expect(f.sync.pendingCount().actions).toBe(0);
      }),
      { seed: SEED, numRuns: 40 },
    );
  });

  test("an id that is named twice counts once, one that is unknown not at all", () => {
    const { f, all } = mailbox(3);
    const [first = id(0)] = all;
    const unread = f
      .rows("in")
      .filter((row) => row.unread)
      .map((row) => row.id);
    const done = f.store.mail.setFlag([...all, ...all, id(9_999)], true);
    expect(done.count).toBe(2);
    expect(f.store.mail.setRead([...unread, ...unread], true).count).toBe(unread.length);
    expect(f.store.mail.setRead([id(9_999), id(-1)], true)).toEqual({ token: 0, count: 0 });
    expect(f.store.mail.move([first, first], f.folderId("pr"))?.count).toBe(1);
  });

  test("one action on two thousand messages is one token that takes all of them back", () => {
    const f = new Fixture();
    f.answer("in", {
      added: Array.from({ length: 2_000 }, (_, n) => ({ serverId: `${n}`, date: n, read: false })),
    });
    const ids = Array.from({ length: 2_000 }, (_, n) => id(n + 1));
    const done = f.store.mail.setRead(ids, true);
    expect([done.count, f.counts("in")]).toEqual([2_000, { unread: 0, total: 2_000 }]);
    expect(f.store.mail.undo(done.token)).toBe(true);
    expect(f.counts("in")).toEqual({ unread: 2_000, total: 2_000 });
    expect(f.sync.pendingCount().actions).toBe(0);
  });

  test("only what the action changed is taken back", () => {
    const { f, all } = mailbox(6);
    const read = f
      .rows("in")
      .filter((row) => !row.unread)
      .map((row) => row.id);
    const done = f.store.mail.setRead(all, true);
    expect(done.count).toBe(all.length - read.length);
    f.store.mail.undo(done.token);
    expect(
      f
        .rows("in")
        .filter((row) => !row.unread)
        .map((row) => row.id),
    ).toEqual(read);
  });

  test("what the server deleted meanwhile is passed over; when all is gone there is nothing to take back", () => {
    const { f, all } = mailbox(2);
    const done = f.store.mail.move(all, f.folderId("pr"));
    f.answer("in", { deleted: ["0"] });
    expect(f.store.mail.undo(done?.token ?? 0)).toBe(true);
    expect(f.subjects("in")).toEqual(["Subject 1"]);
    const again = f.store.mail.setFlag([f.row("in", "Subject 1").id], true);
    f.answer("in", { deleted: ["1"] });
    expect(f.store.mail.undo(again.token)).toBe(false);
  });

  test("a move whose folder is gone meanwhile cannot be taken back into it", () => {
    const f = new Fixture();
    f.answer("pr", { added: [mail("1")] });
    const done = f.store.mail.move([f.row("pr", "Subject 1").id], f.folderId("in"));
    f.sync.intents(10);
    f.sync.settleIntents([{ intentId: 1, verdict: "done", newServerId: "n1" }]);
    f.sync.commitFolders("f1", { syncKey: "f2", added: [], updated: [], deleted: ["pr"] });
    expect(f.store.mail.undo(done?.token ?? 0)).toBe(false);
    expect(f.subjects("in")).toEqual(["Subject 1"]);
  });
});

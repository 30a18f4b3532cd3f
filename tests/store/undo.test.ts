import { describe, expect, test } from "vitest";
import type { MessageId } from "../../shared/model/ids.ts";
import { count, Fixture } from "./support.ts";
import { mail } from "./support-core.ts";

interface Kind {
  readonly name: string;
  act(f: Fixture, ids: readonly MessageId[]): number;
}

const KINDS: readonly Kind[] = [
  { name: "read", act: (f, ids) => f.store.mail.setRead(ids, true).token },
  { name: "unread", act: (f, ids) => f.store.mail.setRead(ids, false).token },
  { name: "flag", act: (f, ids) => f.store.mail.setFlag(ids, true).token },
  { name: "unflag", act: (f, ids) => f.store.mail.setFlag(ids, false).token },
  { name: "move", act: (f, ids) => f.store.mail.move(ids, f.folderId("pr"))?.token ?? 0 },
  { name: "remove", act: (f, ids) => f.store.mail.remove(ids).token },
];

/** Four messages with every mixture of read and flagged. */
function mixed(): { f: Fixture; ids: MessageId[] } {
  const f = new Fixture();
  f.answer("in", {
    added: [0, 1, 2, 3].map((n) => mail(`${n}`, { read: n % 2 === 1, flagged: n >= 2 })),
  });
  return { f, ids: f.rows("in").map((row) => row.id) };
}

/** What is shown, without whether the server has confirmed it. */
const places = (f: Fixture) =>
  ["in", "pr", "tr"].map((folder) => f.rows(folder).map(({ pending: _, ...row }) => row));

/** The server confirms everything that waits, until nothing does. */
function confirm(f: Fixture): void {
  for (let n = 0; f.sync.pendingCount().actions > 0; n += 1) {
    const list = f.sync.intents(100);
    f.sync.settleIntents(
      list.map((intent) =>
        intent.kind === "move"
          ? { intentId: intent.id, verdict: "done", newServerId: `${intent.serverId}-${n}` }
          : { intentId: intent.id, verdict: "done" },
      ),
    );
    if (n > 10) throw new Error("never confirmed");
  }
}

describe.each(KINDS)("undo of $name", ({ act }) => {
  test("before sync saw it: as if it had never been, and nothing to send", () => {
    const { f, ids } = mixed();
    const before = places(f);
    const token = act(f, ids);
    expect(places(f)).not.toEqual(before);
    expect(f.store.mail.undo(token)).toBe(true);
    expect(places(f)).toEqual(before);
    expect(f.rows("in").some((row) => row.pending)).toBe(false);
    expect(f.sync.intents(10)).toEqual([]);
  });

  test("after sync saw it: shown at once, and the server is told the opposite afterwards", () => {
    const { f, ids } = mixed();
    const before = places(f);
    const token = act(f, ids);
    f.sync.intents(100);
    expect(f.store.mail.undo(token)).toBe(true);
    expect(places(f)).toEqual(before);
    expect(f.rows("in").some((row) => row.pending)).toBe(true);
    confirm(f);
    expect(places(f)).toEqual(before);
    expect(f.rows("in").some((row) => row.pending)).toBe(false);
  });

  test("after the server confirmed it", () => {
    const { f, ids } = mixed();
    const before = places(f);
    const token = act(f, ids);
    confirm(f);
    expect(f.store.mail.undo(token)).toBe(true);
    expect(places(f)).toEqual(before);
    expect(f.sync.pendingCount().actions).toBeGreaterThan(0);
    confirm(f);
    expect(places(f)).toEqual(before);
  });

  test("works once", () => {
    const { f, ids } = mixed();
    const token = act(f, ids);
    expect(f.store.mail.undo(token)).toBe(true);
    const after = places(f);
    expect(f.store.mail.undo(token)).toBe(false);
    expect(places(f)).toEqual(after);
  });

  test("works after a restart", () => {
    const { f, ids } = mixed();
    const before = places(f);
    const token = act(f, ids);
    f.reopen();
    expect(f.store.mail.undo(token)).toBe(true);
    expect(places(f)).toEqual(before);
  });

  test("works for an hour and not a millisecond longer", () => {
    const { f, ids } = mixed();
    const token = act(f, ids);
    f.clock.advance(60 * 60 * 1000);
    expect(f.store.mail.undo(token)).toBe(true);
    const again = act(f, ids);
    f.clock.advance(60 * 60 * 1000 + 1);
    const before = places(f);
    expect(f.store.mail.undo(again)).toBe(false);
    expect(places(f)).toEqual(before);
  });

  test("takes back only what the action changed", () => {
    const { f, ids } = mixed();
    const token = act(f, ids.slice(0, 2));
    f.store.mail.setRead(ids.slice(2), true);
    const others = () =>
      places(f)
        .flat()
        .filter((row) => ids.slice(2).includes(row.id));
    const before = others();
    f.store.mail.undo(token);
    expect(others()).toEqual(before);
  });

  test("goes on with the messages that are still there", () => {
    const { f, ids } = mixed();
    const token = act(f, ids);
    confirm(f);
    const [gone] = f.rows("in").length > 0 ? f.rows("in") : [...f.rows("pr"), ...f.rows("tr")];
    const folder =
      gone?.folderId === f.folderId("in") ? "in" : gone?.folderId === f.folderId("pr") ? "pr" : "tr";
    const serverId = folder === "in" ? "0" : "0-0";
    f.answer(folder, { deleted: [serverId] });
    expect(f.store.mail.undo(token)).toBe(true);
    expect(f.rows("in")).toHaveLength(3);
  });

  test("of messages that are all gone says that it is too late", () => {
    const { f, ids } = mixed();
    const token = act(f, ids);
    f.store.repair();
    expect(f.store.mail.undo(token)).toBe(false);
  });
});

describe("the list of what can be taken back", () => {
  test("holds the last fifty actions", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1")] });
    const { id } = f.row("in", "Subject 1");
    const tokens = Array.from({ length: 52 }, (_, n) => f.store.mail.setRead([id], n % 2 === 0).token);
    expect(count(f.path, "SELECT count(*) FROM undo")).toBe(50);
    expect(f.store.mail.undo(tokens[0] ?? 0)).toBe(false);
    expect(f.store.mail.undo(tokens[1] ?? 0)).toBe(false);
    expect(f.store.mail.undo(tokens[2] ?? 0)).toBe(true);
  });

  test("forgets what is too old when something new is done", () => {
    const { f, ids } = mixed();
    f.store.mail.setRead(ids, true);
    f.clock.advance(2 * 60 * 60 * 1000);
    f.store.mail.setFlag(ids, true);
    expect(count(f.path, "SELECT count(*) FROM undo")).toBe(1);
    expect(count(f.path, "SELECT count(DISTINCT token) FROM undo_items")).toBe(1);
  });

  test.each([0, -1, 1, 99, 2 ** 40])("%i is no token", (token) => {
    const { f } = mixed();
    const before = places(f);
    expect(f.store.mail.undo(token)).toBe(false);
    expect(places(f)).toEqual(before);
  });

  test("tokens are never used again, not after a restart either", () => {
    const { f, ids } = mixed();
    const first = f.store.mail.setRead(ids, true).token;
    f.store.mail.undo(first);
    f.reopen();
    expect(f.store.mail.setRead(ids, true).token).toBeGreaterThan(first);
  });

  test("actions are taken back in any order, each to what was before it", () => {
    const { f, ids } = mixed();
    const before = places(f);
    const read = f.store.mail.setRead(ids, true).token;
    const flag = f.store.mail.setFlag(ids, true).token;
    const move = f.store.mail.move(ids, f.folderId("pr"))?.token ?? 0;
    f.store.mail.undo(read);
    f.store.mail.undo(move);
    f.store.mail.undo(flag);
    expect(places(f)).toEqual(before);
    expect(f.sync.pendingCount().actions).toBe(0);
  });

  test("a move back into a folder that is gone is too late", () => {
    const f = new Fixture();
    f.answer("pr", { added: [mail("1")] });
    const { id } = f.row("pr", "Subject 1");
    const token = f.store.mail.move([id], f.folderId("in"))?.token ?? 0;
    const intent = f.sync.intents(1)[0];
    f.sync.settleIntents([{ intentId: intent?.id ?? 0, verdict: "done", newServerId: "i1" }]);
    f.sync.commitFolders("f1", { syncKey: "f2", added: [], updated: [], deleted: ["pr"] });
    expect(f.store.mail.undo(token)).toBe(false);
    expect(f.rows("in").map((row) => row.id)).toEqual([id]);
  });

  test("an undo wakes sync, and one that is too late does not", () => {
    const { f, ids } = mixed();
    const token = f.store.mail.setRead(ids, true).token;
    let woken = 0;
    f.sync.onWork(() => {
      woken += 1;
    });
    f.store.mail.undo(token);
    expect(woken).toBe(1);
    f.store.mail.undo(token);
    expect(woken).toBe(1);
  });
});

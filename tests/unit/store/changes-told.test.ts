import { describe, expect, test } from "vitest";
import type { StoreChange } from "../../../electron/store/api.ts";
import { Fixture } from "../../store/support.ts";
import { ACCOUNT, addAccount, folder, mail, OTHER } from "../../store/support-core.ts";
import { content, file, idOf, newDraft, pattern, text } from "../../support/store/workbench.ts";

/** A mailbox of three messages and a draft, and what it tells from now on. */
function listened() {
  const f = new Fixture();
  f.answer("in", { added: [1, 2, 3].map((n) => mail(`${n}`, { attachments: [file(`${n}`)] })) });
  const draft = newDraft(f);
  f.clock.advance(1_000);
  const records: StoreChange[] = [];
  const stop = f.store.onChange((change) => records.push(change));
  return { f, draft, records, stop };
}

type Listened = ReturnType<typeof listened>;

/** The topics of the only record; what it names, as folders' and messages' ids. */
function told(records: readonly StoreChange[]): {
  topics: string[];
  folders: number[];
  messages: number[] | null;
} {
  const [record] = records;
  if (record === undefined || records.length > 1) throw new Error(`${records.length} records`);
  const topics = (["folders", "accounts", "drafts", "outbox"] as const).filter((topic) => record[topic]);
  return {
    topics,
    folders: [...record.folderIds].sort(),
    messages: record.messageIds && [...record.messageIds].sort(),
  };
}

describe("what each doing tells", () => {
  const queue = ({ f, draft }: Listened) =>
    f.store.drafts.queue(draft.id, {
      content: content(),
      clientId: "c",
      kind: "send",
      mime: [],
      notBefore: 0,
    });

  test.each<[string, (on: Listened) => unknown, string[], number[], number[]]>([
    ["reading", ({ f }) => f.store.mail.setRead([idOf(f, "Subject 1")], true), ["folders"], [1], [1]],
    [
      "flagging two",
      ({ f }) => f.store.mail.setFlag([idOf(f, "Subject 1"), idOf(f, "Subject 3")], true),
      ["folders"],
      [1],
      [1, 3],
    ],
    [
      "moving",
      ({ f }) => f.store.mail.move([idOf(f, "Subject 2")], f.folderId("pr")),
      ["folders"],
      [1, 5],
      [2],
    ],
    ["removing", ({ f }) => f.store.mail.remove([idOf(f, "Subject 2")]), ["folders"], [1, 4], [2]],
    ["an Add", ({ f }) => f.answer("pr", { added: [mail("9")] }), ["folders"], [5], [4]],
    [
      "a Change of a subject",
      ({ f }) => f.answer("in", { changed: [{ serverId: "2", subject: "x" }] }),
      [],
      [1],
      [2],
    ],
    ["a Delete", ({ f }) => f.answer("in", { deleted: ["3"] }), ["folders"], [1], [3]],
    [
      "a body that came",
      ({ f }) => f.sync.commitBody(idOf(f, "Subject 1"), text("whole"), null),
      [],
      [1],
      [1],
    ],
    ["a body that did not come", ({ f }) => f.sync.bodyFailed(idOf(f, "Subject 1")), [], [1], [1]],
    [
      "a new folder",
      ({ f }) =>
        f.sync.commitFolders("f1", { syncKey: "f2", added: [folder("n", "user")], updated: [], deleted: [] }),
      ["folders"],
      [],
      [],
    ],
    ["a new draft", ({ f }) => newDraft(f), ["drafts"], [], []],
    ["saving a draft", ({ f, draft }) => f.store.drafts.save(draft.id, content()), ["drafts"], [], []],
    [
      "attaching",
      ({ f, draft }) => f.store.drafts.attach(draft.id, { name: "a", type: "", bytes: pattern(9) }),
      ["drafts"],
      [],
      [],
    ],
    ["discarding a draft", ({ f, draft }) => f.store.drafts.discard(draft.id), ["drafts", "outbox"], [], []],
    ["queueing", queue, ["drafts", "outbox"], [], []],
    ["a new account", ({ f }) => addAccount(f.store, OTHER, "otto@example.com"), ["accounts"], [], []],
    [
      "removing an account",
      ({ f }) => f.store.accounts.remove(ACCOUNT),
      ["folders", "accounts", "drafts", "outbox"],
      [],
      [],
    ],
    ["a repair", ({ f }) => f.store.repair(), ["folders", "drafts", "outbox"], [], []],
  ])("%s", (_, act, topics, folders, messages) => {
    const on = listened();
    act(on);
    on.f.clock.advance(0);
    expect(told(on.records)).toEqual({ topics, folders, messages });
  });

  test("storing an attachment names its message", () => {
    const on = listened();
    const [item] = on.f.store.mail.open(idOf(on.f, "Subject 2"))?.attachments ?? [];
    if (item === undefined) throw new Error("attachment");
    const writer = on.f.store.attachments.write(item.id);
    writer?.append(pattern(600_000));
    on.f.clock.advance(100);
    expect(on.records).toEqual([]);
    writer?.finish(null);
    on.f.clock.advance(0);
    expect(told(on.records).messages).toEqual([2]);
  });

  test.each<[string, (on: Listened) => unknown]>([
    ["an answer that says nothing", ({ f }) => f.answer("in")],
    ["an answer that is refused", ({ f }) => f.answer("in", { previousKey: "no", deleted: ["1"] })],
    ["an answer about what is unknown", ({ f }) => f.answer("in", { deleted: ["x"], changed: [mail("y")] })],
    [
      "a FolderSync that says nothing",
      ({ f }) => f.sync.commitFolders("f1", { syncKey: "f2", added: [], updated: [], deleted: [] }),
    ],
    ["reading what is unknown", ({ f }) => f.store.mail.setRead([999 as never], true)],
    ["moving to where it is", ({ f }) => f.store.mail.move([idOf(f, "Subject 1")], f.folderId("in"))],
    ["an undo of nothing", ({ f }) => f.store.mail.undo(77)],
    ["a detach of nothing", ({ f, draft }) => f.store.drafts.detach(draft.id, 99)],
    ["a recall of nothing", ({ f, draft }) => f.store.drafts.recall(draft.id)],
    ["removing an unknown account", ({ f }) => f.store.accounts.remove(OTHER)],
    ["an account whose address is taken", ({ f }) => addAccountTwice(f)],
    ["tidying", ({ f }) => f.store.tidy()],
    ["looking", ({ f }) => [f.rows("in"), f.store.mail.folders(), f.store.drafts.list(), f.store.check()]],
  ])("nothing is told of %s", (_, act) => {
    const on = listened();
    act(on);
    on.f.clock.advance(1_000);
    expect(on.records).toEqual([]);
  });

  function addAccountTwice(f: Fixture): boolean {
    return f.store.accounts.create(
      { id: OTHER, address: "ANNA@EXAMPLE.COM", displayName: "", userName: "", server: "" },
      { url: "", protocolVersion: null, policyKey: "0", deviceId: "d" },
    );
  }
});

describe("when it is told", () => {
  test("the first at once, the following together, no two within 33 ms", () => {
    const { f, records } = listened();
    const times: number[] = [];
    f.store.onChange(() => times.push(f.clock.now()));
    const begin = f.clock.now();
    for (let n = 0; n < 100; n += 1) {
      f.store.mail.setFlag([idOf(f, "Subject 1")], n % 2 === 0);
      f.clock.advance(5);
    }
    f.clock.advance(100);
    expect(times[0]).toBe(begin + 5);
    for (const [index, time] of times.entries())
      if (index > 0) expect(time - (times[index - 1] ?? 0)).toBeGreaterThanOrEqual(33);
    expect(times.length).toBeGreaterThan(10);
    expect(times.length).toBeLessThan(20);
    expect(records).toHaveLength(times.length);
  });

  test.each([
    [200, 1, 200],
    [201, 1, null],
    [100, 2, 200],
    [100, 3, null],
    [1, 200, 200],
    [1, 201, null],
  ])("%i messages in each of %i answers are named: %s", (each, answers, named) => {
    const { f, records } = listened();
    for (let n = 0; n < answers; n += 1)
      f.answer("pr", { added: Array.from({ length: each }, (_, m) => ({ serverId: `${n}-${m}`, date: m })) });
    f.clock.advance(40);
    const { folders, messages } = told(records);
    expect([folders, messages === null ? null : new Set(messages).size]).toEqual([[f.folderId("pr")], named]);
  });

  test("a message that changed many times is named once", () => {
    const { f, records } = listened();
    for (let n = 0; n < 300; n += 1) f.answer("in", { changed: [{ serverId: "1", subject: `${n}` }] });
    f.clock.advance(40);
    expect(told(records).messages).toEqual([1]);
  });

  test("whoever is told can read what it is about", () => {
    const { f } = listened();
    const seen: (string | undefined)[] = [];
    f.store.onChange((change) => {
      const [id] = change.messageIds ?? [];
      if (id !== undefined) seen.push(f.store.mail.open(id)?.row.subject);
    });
    f.answer("in", { changed: [{ serverId: "1", subject: "then" }] });
    f.clock.advance(40);
    f.answer("in", { changed: [{ serverId: "2", subject: "and then" }] });
    f.clock.advance(40);
    expect(seen).toEqual(["then", "and then"]);
  });

  test("one who comes later is told of later things only; one who left, of nothing", () => {
    const { f, records, stop } = listened();
    f.answer("in", { deleted: ["1"] });
    f.clock.advance(40);
    const late: StoreChange[] = [];
    f.store.onChange((change) => late.push(change));
    stop();
    f.answer("in", { deleted: ["2"] });
    f.clock.advance(40);
    expect([told(records).messages, told(late).messages]).toEqual([[1], [2]]);
  });

  test("a store that is closed tells nothing that was waiting to be told", () => {
    const { f, records } = listened();
    f.answer("in", { deleted: ["1"] });
    f.store.close();
    f.clock.advance(1_000);
    expect(records).toEqual([]);
  });
});

describe("work for sync", () => {
  test.each<[string, (on: Listened) => unknown, number]>([
    [
      "an action on three messages",
      ({ f }) =>
        f.store.mail.setRead(
          f.rows("in").map((row) => row.id),
          true,
        ),
      1,
    ],
    ["a body that somebody opens", ({ f }) => f.store.mail.wantBody(idOf(f, "Subject 1")), 1],
    [
      "a message in the outbox",
      ({ f, draft }) =>
        f.store.drafts.queue(draft.id, {
          content: content(),
          clientId: "c",
          kind: "send",
          mime: [],
          notBefore: 0,
        }),
      1,
    ],
    [
      "an action that changes nothing",
      ({ f }) =>
        f.store.mail.setRead(
          f.rows("in").map((row) => row.id),
          false,
        ),
      0,
    ],
    ["saving a draft", ({ f, draft }) => f.store.drafts.save(draft.id, content()), 0],
    ["what the server says", ({ f }) => f.answer("in", { deleted: ["1"] }), 0],
  ])("%s wakes the sync of its account %i times that follow, and of no other", (_, act, expected) => {
    const on = listened();
    const other = addAccount(on.f.store, OTHER, "otto@example.com");
    const woken: string[] = [];
    on.f.sync.onWork(() => woken.push("mine"));
    other.onWork(() => woken.push("other"));
    act(on);
    expect(woken).toEqual(Array(expected).fill("mine"));
  });

  test("what an action leaves to do is there already when sync is woken", () => {
    const { f } = listened();
    const seen: number[] = [];
    f.sync.onWork(() => seen.push(f.sync.intents(10).length));
    f.store.mail.setRead([idOf(f, "Subject 1")], true);
    f.store.mail.remove([idOf(f, "Subject 2"), idOf(f, "Subject 3")]);
    expect(seen).toEqual([1, 3]);
  });
});

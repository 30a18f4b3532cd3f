import { describe, expect, test } from "vitest";
import type { StoreChange } from "../../electron/store/api.ts";
import type { MessageId } from "../../shared/model/ids.ts";
import { CONTENT, Fixture } from "./support.ts";
import { ACCOUNT, addAccount, FOLDERS, folder, mail, OTHER } from "./support-core.ts";

const NOTHING: StoreChange = {
  folderIds: [],
  messageIds: [],
  folders: false,
  accounts: false,
  drafts: false,
  outbox: false,
};

/** An inbox of three messages, and exactly what is told of each step. */
function watched() {
  const f = new Fixture();
  f.answer("in", { added: [mail("1"), mail("2"), mail("3", { read: true })] });
  f.answer("tr", { added: [mail("t")] });
  const records: StoreChange[] = [];
  f.store.onChange((change) => records.push(change));
  const id = (n: number): MessageId => f.row("in", `Subject ${n}`).id;
  return {
    f,
    one: id(1),
    two: id(2),
    three: id(3),
    /** What a step makes the store tell; null for nothing at all. */
    told(step: () => unknown): StoreChange | null {
      f.clock.advance(50);
      records.length = 0;
      step();
      expect(records).toEqual([]);
      f.clock.advance(50);
      expect(records.length).toBeLessThanOrEqual(1);
      const [record] = records;
      if (record === undefined) return null;
      return {
        ...record,
        folderIds: [...record.folderIds].sort((a, b) => a - b),
        messageIds: record.messageIds === null ? null : [...record.messageIds].sort((a, b) => a - b),
      };
    },
  };
}

describe("what an action of the user's tells", () => {
  test("reading names the message and its folder, and that counts changed", () => {
    const { f, one, told } = watched();
    expect(told(() => f.store.mail.setRead([one], true))).toEqual({
      ...NOTHING,
      folderIds: [f.folderId("in")],
      messageIds: [one],
      folders: true,
    });
  });

  test("reading what is read already tells nothing", () => {
    const { f, three, told } = watched();
    expect(told(() => f.store.mail.setRead([three], true))).toBeNull();
  });

  test("of several messages only the changed ones are named", () => {
    const { f, one, two, three, told } = watched();
    expect(told(() => f.store.mail.setRead([one, two, three], true))?.messageIds).toEqual([one, two]);
  });

  test("flagging names the message", () => {
    const { f, two, told } = watched();
    expect(told(() => f.store.mail.setFlag([two], true))).toMatchObject({
      folderIds: [f.folderId("in")],
      messageIds: [two],
    });
  });

  test("moving names both folders", () => {
    const { f, one, told } = watched();
    expect(told(() => f.store.mail.move([one], f.folderId("pr")))).toEqual({
      ...NOTHING,
      folderIds: [f.folderId("in"), f.folderId("pr")],
      messageIds: [one],
      folders: true,
    });
  });

  test("removing names the folder and the bin", () => {
    const { f, one, told } = watched();
    expect(told(() => f.store.mail.remove([one]))?.folderIds).toEqual([f.folderId("in"), f.folderId("tr")]);
  });

  test("deleting for good names the folder alone", () => {
    const { f, told } = watched();
    const { id } = f.row("tr", "Subject t");
    expect(told(() => f.store.mail.remove([id]))).toMatchObject({
      folderIds: [f.folderId("tr")],
      messageIds: [id],
    });
  });

  test("an undo names what it took back", () => {
    const { f, one, told } = watched();
    const done = f.store.mail.move([one], f.folderId("pr"));
    expect(told(() => f.store.mail.undo(done?.token ?? 0))).toMatchObject({
      folderIds: [f.folderId("in"), f.folderId("pr")],
      messageIds: [one],
    });
    expect(told(() => f.store.mail.undo(done?.token ?? 0))).toBeNull();
  });

  test("reading a list, searching and opening tell nothing", () => {
    const { f, one, told } = watched();
    expect(
      told(() => {
        f.rows("in");
        f.rows("in", "unread", "body");
        f.store.mail.open(one);
        f.store.mail.folders();
        f.store.mail.suggest("bob", 5);
        f.sync.intents(5);
      }),
    ).toBeNull();
  });

  test("asking for a body tells nothing before it has come", () => {
    const { f, one, told } = watched();
    expect(told(() => f.store.mail.wantBody(one))).toBeNull();
    const body = { kind: "text" as const, data: "longer", truncated: false, size: 6 };
    expect(told(() => f.sync.commitBody(one, body, null))).toEqual({
      ...NOTHING,
      folderIds: [f.folderId("in")],
      messageIds: [one],
    });
    expect(told(() => f.sync.bodyFailed(one))).toMatchObject({ messageIds: [one] });
  });
});

describe("what an answer of the server's tells", () => {
  test("new mail: its folder, its id and the counts", () => {
    const { f, told } = watched();
    const record = told(() => f.answer("pr", { added: [mail("n")] }));
    expect(record).toEqual({
      ...NOTHING,
      folderIds: [f.folderId("pr")],
      messageIds: [f.row("pr", "Subject n").id],
      folders: true,
    });
  });

  test("a change: the message, and its folder where it is shown now", () => {
    const { f, one, told } = watched();
    f.store.mail.move([one], f.folderId("pr"));
    expect(told(() => f.answer("in", { changed: [{ serverId: "1", subject: "New" }] }))).toMatchObject({
      folderIds: [f.folderId("pr")],
      messageIds: [one],
    });
  });

  test("a deletion: the folder and the id that is gone", () => {
    const { f, two, told } = watched();
    expect(told(() => f.answer("in", { deleted: ["2"] }))).toEqual({
      ...NOTHING,
      folderIds: [f.folderId("in")],
      messageIds: [two],
      folders: true,
    });
  });

  test("an empty answer, and one about unknown items, tell nothing", () => {
    const { f, told } = watched();
    expect(told(() => f.answer("in"))).toBeNull();
    expect(
      told(() => f.answer("in", { changed: [{ serverId: "?", read: true }], deleted: ["??"] })),
    ).toBeNull();
  });

  test("a refused answer tells nothing", () => {
    const { f, told } = watched();
    expect(told(() => f.answer("in", { previousKey: "no", added: [mail("x")] }))).toBeNull();
  });

  test("a verdict: that the message waits no longer", () => {
    const { f, one, told } = watched();
    f.store.mail.setRead([one], true);
    f.sync.intents(5);
    expect(told(() => f.sync.settleIntents([{ intentId: 1, verdict: "done" }]))).toMatchObject({
      messageIds: [one],
    });
    expect(told(() => f.sync.settleIntents([{ intentId: 1, verdict: "done" }]))).toBeNull();
  });

  test("the sweep of a resync: what it took", () => {
    const { f, one, two, three, told } = watched();
    f.sync.resetCollection(f.folderId("in"));
    expect(told(() => f.answer("in"))).toMatchObject({
      folderIds: [f.folderId("in")],
      messageIds: [one, two, three],
    });
  });

  test("more than 200 messages: the folders alone", () => {
    const { f, told } = watched();
    const added = (count: number, name: string) =>
      Array.from({ length: count }, (_, n) => mail(`${name}${n}`));
    expect(told(() => f.answer("pr", { added: added(200, "a") }))?.messageIds).toHaveLength(200);
    expect(told(() => f.answer("pr", { added: added(201, "b") }))).toMatchObject({
      folderIds: [f.folderId("pr")],
      messageIds: null,
    });
  });

  test("folders: that the tree changed, without naming messages", () => {
    const { f, told } = watched();
    const delta = { syncKey: "f2", added: [folder("x", "user")], updated: [], deleted: [] };
    expect(told(() => f.sync.commitFolders("f1", delta))).toEqual({ ...NOTHING, folders: true });
    const empty = { syncKey: "f3", added: [], updated: [], deleted: [] };
    expect(told(() => f.sync.commitFolders("f2", empty))).toBeNull();
  });

  test("a removed folder: the tree; its rows go without a word", () => {
    const { f, told } = watched();
    const delta = { syncKey: "f2", added: [], updated: [], deleted: ["tr"] };
    expect(told(() => f.sync.commitFolders("f1", delta))).toEqual({ ...NOTHING, folders: true });
    expect(told(() => f.clock.advance(500))).toBeNull();
  });
});

describe("what drafts and accounts tell", () => {
  const draft = (f: Fixture) =>
    f.store.drafts.create({ accountId: ACCOUNT, mode: "new", sourceId: null, content: CONTENT }).id;

  test("writing tells of drafts only", () => {
    const { f, told } = watched();
    let id = draft(f);
    expect(
      told(() => {
        id = draft(f);
      }),
    ).toEqual({ ...NOTHING, drafts: true });
    expect(told(() => f.store.drafts.save(id, CONTENT))).toEqual({ ...NOTHING, drafts: true });
    const file = { name: "a", type: "b", bytes: new Uint8Array(1) };
    expect(told(() => f.store.drafts.attach(id, file))).toEqual({ ...NOTHING, drafts: true });
    expect(told(() => f.store.drafts.detach(id, 1))).toEqual({ ...NOTHING, drafts: true });
    expect(told(() => f.store.drafts.detach(id, 1))).toBeNull();
    expect(told(() => f.store.drafts.discard(id))).toMatchObject({ drafts: true });
    expect(told(() => f.store.drafts.discard(id))).toBeNull();
  });

  test("sending tells of drafts and outbox, then of the outbox", () => {
    const { f, told } = watched();
    const id = draft(f);
    const request = { content: CONTENT, clientId: "c", kind: "send", mime: [], notBefore: 0 } as const;
    expect(told(() => f.store.drafts.queue(id, request))).toEqual({ ...NOTHING, drafts: true, outbox: true });
    expect(told(() => f.sync.outboxSending(id, 1))).toEqual({ ...NOTHING, outbox: true });
    expect(told(() => f.sync.outboxFailed(id, "busy", 1))).toEqual({ ...NOTHING, outbox: true });
    expect(told(() => f.store.drafts.retry(id))).toEqual({ ...NOTHING, drafts: true, outbox: true });
    expect(told(() => f.store.drafts.recall(id))).toEqual({ ...NOTHING, drafts: true, outbox: true });
    expect(told(() => f.store.drafts.recall(id))).toBeNull();
  });

  test("adding and removing accounts", () => {
    const { f, told } = watched();
    expect(told(() => addAccount(f.store, OTHER, "otto@example.com"))).toEqual({
      ...NOTHING,
      accounts: true,
    });
    expect(told(() => f.store.accounts.remove(OTHER))).toEqual({
      ...NOTHING,
      accounts: true,
      folders: true,
      drafts: true,
      outbox: true,
    });
    expect(told(() => f.store.accounts.remove(OTHER))).toBeNull();
  });

  test("a repair tells of everything", () => {
    const { f, told } = watched();
    expect(told(() => f.store.repair())).toMatchObject({ folders: true, drafts: true, outbox: true });
  });
});

describe("whom an action wakes", () => {
  test.each([
    ["reading", (f: Fixture, id: MessageId) => f.store.mail.setRead([id], true), 1],
    ["reading nothing", (f: Fixture) => f.store.mail.setRead([], true), 0],
    ["moving", (f: Fixture, id: MessageId) => f.store.mail.move([id], f.folderId("pr")), 1],
    ["moving to where it is", (f: Fixture, id: MessageId) => f.store.mail.move([id], f.folderId("in")), 0],
    ["removing", (f: Fixture, id: MessageId) => f.store.mail.remove([id]), 1],
    ["wanting a body", (f: Fixture, id: MessageId) => f.store.mail.wantBody(id), 1],
    ["opening what is stored", (f: Fixture, id: MessageId) => f.store.mail.open(id), 0],
    ["an answer of the server's", (f: Fixture) => f.answer("in", { added: [mail("n")] }), 0],
  ] as const)("%s", (_, act, times) => {
    const { f, one } = watched();
    const other = addAccount(f.store, OTHER, "otto@example.com");
    other.commitFolders("0", { syncKey: "1", added: FOLDERS, updated: [], deleted: [] });
    const woken: string[] = [];
    f.sync.onWork(() => woken.push("anna"));
    other.onWork(() => woken.push("otto"));
    act(f, one);
    expect(woken).toEqual(Array(times).fill("anna"));
  });
});

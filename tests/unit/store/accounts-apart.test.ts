import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import type { CollectionCommit, SyncStore } from "../../../electron/ports/sync-store.ts";
import { type AccountId, AccountIdSchema } from "../../../shared/model/ids.ts";
import { Fixture } from "../../store/support.ts";
import { ACCOUNT, addAccount, FOLDERS, mail, OTHER, START } from "../../store/support-core.ts";
import { content, newDraft, numberFrom, pattern, SEED, text } from "../../support/store/workbench.ts";

const THIRD: AccountId = v.parse(AccountIdSchema, "33333333-3333-4333-8333-333333333333");
const SESSION = { url: "https://m/", protocolVersion: null, policyKey: "0", deviceId: "d" };

function folderOf(sync: SyncStore, serverId: string) {
  const found = sync.collections().find((collection) => collection.serverId === serverId);
  if (found === undefined) throw new Error(`no folder ${serverId}`);
  return found;
}

function answer(sync: SyncStore, serverId: string, changes: Partial<CollectionCommit>): boolean {
  const { folderId, syncKey } = folderOf(sync, serverId);
  const commit = { added: [], changed: [], deleted: [], verdicts: [], passComplete: true, at: START };
  return sync.commitCollection({
    folderId,
    previousKey: syncKey,
    newKey: `${syncKey}+`,
    ...commit,
    ...changes,
  });
}

/** Three accounts whose servers use the same ids for folders and messages. */
function three() {
  const f = new Fixture();
  const ids = [ACCOUNT, OTHER, THIRD] as const;
  const syncs = ids.map((id, n) => (n === 0 ? f.sync : addAccount(f.store, id, `user${n}@example.com`)));
  for (const [n, sync] of syncs.entries()) {
    if (n > 0) sync.commitFolders("0", { syncKey: "f1", added: FOLDERS, updated: [], deleted: [] });
    answer(sync, "in", {
      added: ["1", "2"].map((id) => mail(id, { subject: `${id} of ${n}`, date: START })),
    });
    const draft = newDraft(f, { subject: `draft of ${n}` }, ids[n]);
    f.store.drafts.attach(draft.id, { name: "a", type: "", bytes: pattern(5) });
    const out = newDraft(f, {}, ids[n]);
    const request = {
      content: content({ subject: `out of ${n}` }),
      clientId: `c${n}`,
      kind: "send",
      mime: [pattern(9)],
      notBefore: 0,
    } as const;
    f.store.drafts.queue(out.id, request);
  }
  const [a = f.sync, b = f.sync, c = f.sync] = syncs;
  return { f, a, b, c };
}

/** Everything that an account shows to the window and to sync. */
function all(f: Fixture, sync: SyncStore) {
  const folders = f.store.mail.folders().filter((node) => node.accountId === sync.accountId);
  return {
    account: f.store.accounts.get(sync.accountId),
    folders,
    rows: folders.map(({ id }) => f.store.mail.page({ folderId: id, filter: "all", query: "" }, 0, 99).rows),
    found: folders.map(
      ({ id }) => f.store.mail.page({ folderId: id, filter: "all", query: "body" }, 0, 99).rows,
    ),
    drafts: f.store.drafts.list().filter((draft) => draft.accountId === sync.accountId),
    outbox: f.store.drafts.outbox().filter((item) => item.accountId === sync.accountId),
    collections: sync.collections(),
    pending: sync.pendingCount(),
    key: sync.hierarchyKey(),
  };
}

const rows = (f: Fixture, sync: SyncStore) =>
  f.store.mail.page({ folderId: folderOf(sync, "in").folderId, filter: "all", query: "" }, 0, 99).rows;

describe("accounts whose servers use the same ids", () => {
  test.each<[string, (on: ReturnType<typeof three>) => unknown]>([
    ["a Delete", ({ a }) => answer(a, "in", { deleted: ["1"] })],
    [
      "a Change",
      ({ a }) => answer(a, "in", { changed: [{ serverId: "1", subject: "changed", read: true }] }),
    ],
    ["an Add", ({ a }) => answer(a, "in", { added: [mail("1"), mail("3")] })],
    [
      "a folder that goes",
      ({ a }) => a.commitFolders("f1", { syncKey: "f2", added: [], updated: [], deleted: ["in"] }),
    ],
    ["forgotten folders", ({ a }) => a.resetFolders()],
    ["a forgotten SyncKey", ({ a }) => a.resetCollection(folderOf(a, "in").folderId)],
    [
      "reading",
      ({ f, a }) =>
        f.store.mail.setRead(
          rows(f, a).map((row) => row.id),
          true,
        ),
    ],
    ["removing", ({ f, a }) => f.store.mail.remove(rows(f, a).map((row) => row.id))],
    ["sending", ({ a }) => a.outboxSent(a.outboxNext(START).entry?.draftId ?? (0 as never))],
    [
      "failing to send",
      ({ a }) => a.outboxFailed(a.outboxNext(START).entry?.draftId ?? (0 as never), "no", null),
    ],
    ["a new session", ({ f }) => f.store.accounts.saveSession(ACCOUNT, { ...SESSION, policyKey: "9" })],
    ["the end of the account", ({ f }) => f.store.accounts.remove(ACCOUNT)],
  ])("%s in one is nothing in the others, now and after everything is swept", (_, act) => {
    const on = three();
    const before = [all(on.f, on.b), all(on.f, on.c)];
    const mine = all(on.f, on.a);
    act(on);
    expect([all(on.f, on.b), all(on.f, on.c)]).toEqual(before);
    expect(all(on.f, on.a)).not.toEqual(mine);
    for (let n = 0; n < 20; n += 1) on.f.clock.advance(20);
    expect([all(on.f, on.b), all(on.f, on.c)]).toEqual(before);
    expect(on.f.store.check()).toEqual([]);
  });

  test.each<[string, (on: ReturnType<typeof three>) => unknown]>([
    [
      "an answer",
      ({ a, b }) =>
        a.commitCollection({
          folderId: folderOf(b, "in").folderId,
          previousKey: "0+",
          newKey: "x",
          added: [],
          changed: [],
          deleted: ["1"],
          verdicts: [],
          passComplete: true,
          at: 1,
        }),
    ],
    ["a reset", ({ a, b }) => a.resetCollection(folderOf(b, "in").folderId)],
    [
      "a verdict",
      ({ a, b }) =>
        a.settleIntents(b.intents(9).map(({ id }) => ({ intentId: id, verdict: "gone" as const }))),
    ],
    ["a body", ({ f, a, b }) => a.commitBody(rows(f, b)[0]?.id ?? (0 as never), text("foreign"), [])],
    ["news of a failed body", ({ f, a, b }) => a.bodyFailed(rows(f, b)[0]?.id ?? (0 as never))],
    ["sending", ({ a, b }) => a.outboxSending(b.outboxNext(START).entry?.draftId ?? (0 as never), START)],
    ["having sent", ({ a, b }) => a.outboxSent(b.outboxNext(START).entry?.draftId ?? (0 as never))],
    [
      "failing to send",
      ({ a, b }) => a.outboxFailed(b.outboxNext(START).entry?.draftId ?? (0 as never), "no", null),
    ],
  ])("%s that one account's sync says of the other's things counts nothing", (_, act) => {
    const on = three();
    on.f.store.mail.setRead(
      rows(on.f, on.b).map((row) => row.id),
      true,
    );
    const before = all(on.f, on.b);
    act(on);
    expect(all(on.f, on.b)).toEqual(before);
    expect(on.f.store.mail.open(rows(on.f, on.b)[0]?.id ?? (0 as never))?.body).not.toMatchObject({
      text: "foreign",
    });
  });

  test("a message of one cannot be moved to a folder of another, nor among its own with one that is", () => {
    const { f, a, b } = three();
    const [mine, theirs] = [rows(f, a), rows(f, b)].map((list) => list.map((row) => row.id));
    const before = [all(f, a), all(f, b)];
    expect(f.store.mail.move(mine ?? [], folderOf(b, "pr").folderId)).toBeNull();
    expect(f.store.mail.move([...(mine ?? []), ...(theirs ?? [])], folderOf(a, "pr").folderId)).toBeNull();
    expect([all(f, a), all(f, b)]).toEqual(before);
  });

  test("one action on messages of all goes to the deleted items of each, and is taken back as one", () => {
    const { f, a, b, c } = three();
    const before = [a, b, c].map((sync) => all(f, sync));
    const done = f.store.mail.remove([a, b, c].flatMap((sync) => rows(f, sync).map((row) => row.id)));
    expect(done.count).toBe(6);
    for (const sync of [a, b, c])
      expect([sync.pendingCount().actions, folderOf(sync, "tr").stored]).toEqual([2, 2]);
    f.store.mail.undo(done.token);
    expect([a, b, c].map((sync) => all(f, sync))).toEqual(before);
  });
});

describe("the end of an account", () => {
  test("nothing of it stays in the file once it is swept, and the same address can begin anew", () => {
    const { f, b, c } = three();
    for (const id of [ACCOUNT, OTHER]) f.store.accounts.remove(id);
    for (let n = 0; n < 40; n += 1) f.clock.advance(20);
    for (const [table, left] of [
      ["accounts", 2],
      ["folders", FOLDERS.length],
      ["messages", 2],
      ["bodies", 2],
      ["drafts", 2],
      ["draft_attachment_chunks", 1],
      ["outbox", 1],
      ["outbox_chunks", 1],
      ["search_docsize", 2],
    ] as const)
      expect([table, numberFrom(f, `SELECT count(*) FROM ${table}`)]).toEqual([table, left]);
    expect(b.collections()).toEqual([]);
    expect(rows(f, c)).toHaveLength(2);
    const anew = addAccount(
      f.store,
      v.parse(AccountIdSchema, "44444444-4444-4444-8444-444444444444"),
      "user1@example.com",
    );
    expect([anew.hierarchyKey(), anew.collections(), anew.pendingCount(), anew.lastSync()]).toEqual([
      "0",
      [],
      { actions: 0, outbox: 0 },
      null,
    ]);
  });

  test("a sync that still runs for it reads nothing and changes nothing", () => {
    const { f, a } = three();
    const { folderId } = folderOf(a, "in");
    const { entry } = a.outboxNext(START);
    f.store.accounts.remove(ACCOUNT);
    const state = () => [
      f.store.accounts.list(),
      f.store.mail.folders(),
      f.store.drafts.list(),
      f.store.drafts.outbox(),
    ];
    const before = state();
    const commit = {
      folderId,
      previousKey: "0+",
      newKey: "1",
      added: [mail("9")],
      changed: [],
      deleted: [],
      verdicts: [],
      passComplete: true,
      at: 1,
    };
    expect([
      a.commitCollection(commit),
      a.commitFolders("f1", { syncKey: "f2", added: FOLDERS, updated: [], deleted: [] }),
    ]).toEqual([false, false]);
    a.resetFolders();
    a.resetCollection(folderId);
    a.settleIntents([{ intentId: 1, verdict: "gone" }]);
    if (entry !== null) a.outboxSending(entry.draftId, 1);
    expect([a.hierarchyKey(), a.collections(), a.intents(9), a.bodiesWanted(9), a.lastSync()]).toEqual([
      "0",
      [],
      [],
      [],
      null,
    ]);
    expect([a.outboxNext(START), a.pendingCount()]).toEqual([
      { entry: null, dueAt: null },
      { actions: 0, outbox: 0 },
    ]);
    expect(state()).toEqual(before);
  });

  test("an account that was never there has no sync store", () => {
    const f = new Fixture();
    expect(() => f.store.syncStore(OTHER)).toThrow("no such account");
    expect(f.store.syncStore(ACCOUNT)).toBe(f.sync);
    f.store.accounts.remove(OTHER);
    expect(f.store.accounts.list()).toHaveLength(1);
  });
});

describe("sessions and who they belong to", () => {
  test("any session comes back as it was saved, over a restart, and changes nothing else", () => {
    const f = new Fixture();
    const before = f.store.accounts.get(ACCOUNT);
    const value = fc.string({ unit: "binary", maxLength: 40 });
    const sessions = fc.record({
      url: value,
      protocolVersion: fc.option(value),
      policyKey: value,
      deviceId: value,
    });
    for (const [n, session] of fc.sample(sessions, { seed: SEED, numRuns: 20 }).entries()) {
      f.store.accounts.saveSession(ACCOUNT, session);
      if (n % 10 === 0) f.reopen();
      expect(f.store.accounts.get(ACCOUNT)).toEqual({
        ...before,
        protocolVersion: session.protocolVersion,
        session,
      });
    }
  });

  test("accounts are listed in the order they were made, whatever their sessions do", () => {
    const { f } = three();
    f.store.accounts.saveSession(THIRD, { ...SESSION, policyKey: "1" });
    f.store.accounts.saveSession(ACCOUNT, { ...SESSION, policyKey: "2" });
    f.reopen();
    expect(f.store.accounts.list().map(({ id, session }) => [id, session.policyKey])).toEqual([
      [ACCOUNT, "2"],
      [OTHER, "0"],
      [THIRD, "1"],
    ]);
  });

  test.each([
    ["the id of one", ACCOUNT, "new@example.com"],
    ["the address of one", THIRD, "anna@example.com"],
    ["the address in capitals", THIRD, "ANNA@EXAMPLE.COM"],
  ])("%s that is there is taken by no other, and that one stays as it is", (_, id, address) => {
    const f = new Fixture();
    const before = f.store.accounts.list();
    const made = f.store.accounts.create(
      { id, address, displayName: "X", userName: "x", server: "x" },
      SESSION,
    );
    expect([made, f.store.accounts.list()]).toEqual([false, before]);
  });
});

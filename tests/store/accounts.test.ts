import { describe, expect, test } from "vitest";
import type { SessionState } from "../../electron/ports/remote.ts";
import { CONTENT, Fixture } from "./support.ts";
import { ACCOUNT, addAccount, FOLDERS, mail, OTHER } from "./support-core.ts";

const SESSION: SessionState = { url: "https://u/", protocolVersion: null, policyKey: "0", deviceId: "d" };

function account(address: string) {
  return { id: OTHER, address, displayName: "Otto", userName: "otto", server: "mail.example.com" };
}

describe("an account", () => {
  test("comes back after a restart as it was made", () => {
    const f = new Fixture();
    const session = { url: "https://other/", protocolVersion: "16.1", policyKey: "77", deviceId: "device2" };
    expect(f.store.accounts.create(account("otto@example.com"), session)).toBe(true);
    f.reopen();
    expect(f.store.accounts.get(OTHER)).toEqual({
      ...account("otto@example.com"),
      protocolVersion: "16.1",
      session,
    });
  });

  test.each([
    ["the same", "anna@example.com", false],
    ["other case", "Anna@Example.COM", false],
    ["another", "anna@example.org", true],
    ["a longer one", "anna@example.com.org", true],
  ])("with %s address as one that is there: %s", (_, address, made) => {
    const f = new Fixture();
    expect(f.store.accounts.create(account(address), SESSION)).toBe(made);
    expect(f.store.accounts.list()).toHaveLength(made ? 2 : 1);
  });

  test("with an id that is there is refused, and the first stays", () => {
    const f = new Fixture();
    const again = { ...account("new@example.com"), id: ACCOUNT };
    expect(f.store.accounts.create(again, SESSION)).toBe(false);
    expect(f.store.accounts.get(ACCOUNT)?.address).toBe("anna@example.com");
  });

  test("that is unknown is null, and has no sync", () => {
    const f = new Fixture();
    expect(f.store.accounts.get(OTHER)).toBeNull();
    expect(() => f.store.syncStore(OTHER)).toThrow("no such account");
  });

  test("has one sync store, the same each time", () => {
    const f = new Fixture();
    expect(f.store.syncStore(ACCOUNT)).toBe(f.sync);
    expect(f.sync.accountId).toBe(ACCOUNT);
  });

  test.each([
    ["url", { url: "https://moved/" }],
    ["version", { protocolVersion: "14.1" }],
    ["policy", { policyKey: "123" }],
    ["device", { deviceId: "other" }],
  ])("remembers a session whose %s changed", (_, change) => {
    const f = new Fixture();
    const before = f.store.accounts.get(ACCOUNT)?.session ?? SESSION;
    f.store.accounts.saveSession(ACCOUNT, { ...before, ...change });
    f.reopen();
    expect(f.store.accounts.get(ACCOUNT)?.session).toEqual({ ...before, ...change });
  });
});

describe("the sync store of an account that is removed meanwhile", () => {
  function removed() {
    const f = new Fixture();
    f.answer("in", { added: [mail("1")] });
    const inbox = f.folderId("in");
    const { id } = f.row("in", "Subject 1");
    f.store.mail.setRead([id], true);
    const draft = f.store.drafts.create({
      accountId: ACCOUNT,
      mode: "new",
      sourceId: null,
      content: CONTENT,
    });
    f.store.drafts.queue(draft.id, { content: CONTENT, clientId: "c", kind: "send", mime: [], notBefore: 0 });
    f.store.accounts.remove(ACCOUNT);
    return { f, inbox, id, draftId: draft.id };
  }

  test("reads nothing", () => {
    const { f } = removed();
    expect(f.sync.collections()).toEqual([]);
    expect(f.sync.intents(9)).toEqual([]);
    expect(f.sync.bodiesWanted(9)).toEqual([]);
    expect(f.sync.outboxNext(1e15)).toEqual({ entry: null, dueAt: null });
    expect(f.sync.pendingCount()).toEqual({ actions: 0, outbox: 0 });
    expect(f.sync.lastSync()).toBeNull();
    expect(f.sync.hierarchyKey()).toBe("0");
  });

  test("writes nothing, and does not fail: answers may still be on the way", () => {
    const { f, inbox, id, draftId } = removed();
    const late = { folderId: inbox, newKey: "9", changed: [], deleted: [], verdicts: [], passComplete: true };
    expect(f.sync.commitCollection({ ...late, previousKey: "1", added: [mail("2")], at: 1 })).toBe(false);
    f.sync.commitBody(id, { kind: "text", data: "late", truncated: false, size: 4 }, []);
    f.sync.bodyFailed(id);
    f.sync.settleIntents([{ intentId: 1, verdict: "done" }]);
    f.sync.outboxSending(draftId, 1);
    f.sync.outboxFailed(draftId, "late", 5);
    f.sync.outboxSent(draftId);
    f.sync.resetCollection(inbox);
    f.sync.resetFolders();
    f.store.accounts.saveSession(ACCOUNT, SESSION);
    expect(f.store.accounts.list()).toEqual([]);
    expect(f.store.mail.folders()).toEqual([]);
    f.clock.advance(20);
    expect(f.store.check()).toEqual([]);
  });

  test("makes no folders for nobody", () => {
    const { f } = removed();
    const delta = { syncKey: "f9", added: [], updated: [], deleted: ["in"] };
    f.sync.commitFolders("0", delta);
    expect(f.sync.hierarchyKey()).toBe("0");
    expect(f.store.mail.folders()).toEqual([]);
  });

  test("is not the sync store of an account that comes after it", () => {
    const { f } = removed();
    const other = addAccount(f.store, OTHER, "anna@example.com");
    other.commitFolders("0", { syncKey: "1", added: FOLDERS, updated: [], deleted: [] });
    expect(f.sync.collections()).toEqual([]);
    expect(other.collections()).toHaveLength(5);
    expect(other).not.toBe(f.sync);
  });

  test("is no one's when the same account is made again: a new one is handed out", () => {
    const { f } = removed();
    const again = addAccount(f.store, ACCOUNT, "anna@example.com");
    again.commitFolders("0", { syncKey: "1", added: FOLDERS, updated: [], deleted: [] });
    expect(again.collections()).toHaveLength(5);
    expect(f.store.syncStore(ACCOUNT)).toBe(again);
    expect(f.sync.collections()).toEqual([]);
  });
});

describe("two accounts side by side", () => {
  function two() {
    const f = new Fixture();
    const otto = addAccount(f.store, OTHER, "otto@example.com");
    otto.commitFolders("0", { syncKey: "o1", added: FOLDERS, updated: [], deleted: [] });
    f.answer("in", { added: [mail("1")] });
    return { f, otto };
  }

  test("have folders of the same server ids without mixing them", () => {
    const { f, otto } = two();
    expect(otto.collections().map((item) => item.serverId)).toEqual(
      f.sync.collections().map((item) => item.serverId),
    );
    expect(otto.collections().map((item) => item.stored)).toEqual([0, 0, 0, 0, 0]);
    otto.commitFolders("o1", { syncKey: "o2", added: [], updated: [], deleted: ["in"] });
    expect(f.subjects("in")).toEqual(["Subject 1"]);
    expect(f.sync.hierarchyKey()).toBe("f1");
  });

  test("are reset, repaired and removed each alone", () => {
    const { f, otto } = two();
    otto.resetFolders();
    expect(f.sync.hierarchyKey()).toBe("f1");
    f.store.accounts.remove(OTHER);
    expect(f.subjects("in")).toEqual(["Subject 1"]);
    expect(f.store.accounts.list().map(({ id }) => id)).toEqual([ACCOUNT]);
  });

  test("refuse to move mail from one to the other, whole selections too", () => {
    const { f, otto } = two();
    const target = otto.collections()[4]?.folderId ?? (0 as never);
    const { id } = f.row("in", "Subject 1");
    expect(f.store.mail.move([id], target)).toBeNull();
    expect(f.rows("in")).toMatchObject([{ id, pending: false }]);
    expect(f.sync.pendingCount().actions).toBe(0);
  });
});

import { closeSync, openSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { connect } from "../../../electron/store/db/connection.ts";
import type { Connection } from "../../../electron/store/db/driver-types.ts";
import { migrate, steps } from "../../../electron/store/migrations/migrate.ts";
import { Fixture, tempDir } from "../../store/support.ts";
import {
  ACCOUNT,
  addAccount,
  FOLDERS,
  KEY,
  mail,
  manualClock,
  mustOpen,
  open,
} from "../../store/support-core.ts";
import { content, file, found, idOf, newDraft, pattern, scopeOf } from "../../support/store/workbench.ts";

function raw(path: string): Connection {
  const opened = connect(path, { databaseKey: () => KEY });
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

/** A store in which something of everything is. */
function lived(): Fixture {
  const f = new Fixture();
  f.answer("in", {
    added: Array.from({ length: 30 }, (_, n) =>
      mail(`${n}`, { read: n % 2 === 0, attachments: n % 5 === 0 ? [file(`${n}.txt`)] : [] }),
    ),
  });
  f.store.mail.setRead([idOf(f, "Subject 1")], true);
  f.store.mail.move([idOf(f, "Subject 2")], f.folderId("pr"));
  const [item] = f.store.mail.open(idOf(f, "Subject 5"))?.attachments ?? [];
  const writer = item === undefined ? null : f.store.attachments.write(item.id);
  writer?.append(pattern(300_000));
  writer?.finish(null);
  const draft = newDraft(f, { subject: "draft" });
  f.store.drafts.attach(draft.id, { name: "a", type: "", bytes: pattern(10) });
  const out = newDraft(f);
  f.store.drafts.queue(out.id, {
    content: content({ subject: "out" }),
    clientId: "c",
    kind: "send",
    mime: [pattern(10)],
    notBefore: 0,
  });
  return f;
}

const owned = (f: Fixture) => ({
  accounts: f.store.accounts.list(),
  drafts: f.store.drafts.list(),
  outbox: f.store.drafts.outbox(),
  pending: f.sync.pendingCount(),
  people: f.store.mail.suggest("bob", 9),
  folders: f.sync.collections().map(({ folderId, serverId, name }) => ({ folderId, serverId, name })),
});

const shown = (f: Fixture) => ({
  ...owned(f),
  rows: FOLDERS.map(({ serverId }) => f.rows(serverId)),
  counts: FOLDERS.map(({ serverId }) => f.counts(serverId)),
  keys: FOLDERS.map(({ serverId }) => f.key(serverId)),
  found: found(f, "body"),
});

describe("housekeeping", () => {
  test("tidying and checking, as often as one likes, change nothing that is shown", () => {
    const f = lived();
    const before = shown(f);
    for (let n = 0; n < 5; n += 1) {
      f.store.tidy();
      expect(f.store.check()).toEqual([]);
      expect(shown(f)).toEqual(before);
    }
    f.reopen();
    expect(shown(f)).toEqual(before);
  });

  test("an empty store can be tidied, checked and repaired", () => {
    const store = mustOpen(join(tempDir(), "mail.db"));
    store.tidy();
    store.repair();
    expect([store.check(), store.accounts.list(), store.mail.folders()]).toEqual([[], [], []]);
    store.close();
  });

  test("a search between two merges of the index finds the same", () => {
    const f = new Fixture();
    for (let n = 0; n < 40; n += 1) {
      f.answer("in", {
        added: [mail(`${n}`, { subject: `needle ${n}` })],
        deleted: n % 3 === 0 ? [`${n - 3}`] : [],
      });
      if (n % 10 === 9) f.store.tidy();
      expect(found(f, "needle")).toEqual(f.subjects("in"));
    }
  });

  test("a second and third repair find nothing left to do", () => {
    const f = lived();
    const before = owned(f);
    f.store.repair();
    const once = shown(f);
    expect(owned(f)).toEqual(before);
    expect(once.rows).toEqual(FOLDERS.map(() => []));
    for (let n = 0; n < 2; n += 1) {
      f.store.repair();
      expect(shown(f)).toEqual(once);
    }
    f.reopen();
    expect(shown(f)).toEqual(once);
    expect(f.store.check()).toEqual([]);
  });

  test("after any number of repairs the server's answer brings the mail back, wishes on top", () => {
    const f = lived();
    f.store.repair();
    f.store.repair();
    expect(f.sync.commitFolders("0", { syncKey: "g1", added: FOLDERS, updated: [], deleted: [] })).toBe(true);
    f.answer("in", { added: Array.from({ length: 30 }, (_, n) => mail(`${n}`, { read: n % 2 === 0 })) });
    expect(f.row("in", "Subject 1").unread).toBe(false);
    expect([f.subjects("pr"), f.counts("in")]).toEqual([["Subject 2"], { total: 29, unread: 14 }]);
    expect(found(f, "body").sort()).toEqual(f.subjects("in").sort());
  });

  test("a folder that the server does not name after a repair goes with the wishes about it", () => {
    const f = lived();
    f.store.repair();
    f.sync.commitFolders("0", {
      syncKey: "g1",
      added: FOLDERS.filter(({ serverId }) => serverId !== "pr"),
      updated: [],
      deleted: [],
    });
    expect(f.sync.collections().map(({ serverId }) => serverId)).not.toContain("pr");
    expect(f.sync.pendingCount().actions).toBe(1);
  });
});

describe("files of every age", () => {
  const version = (sql: Connection) => Number(sql.pragma("user_version", { simple: true }));
  const schema = (sql: Connection) =>
    sql.prepare<[], string>("SELECT coalesce(sql, name) FROM sqlite_schema ORDER BY name").pluck().all();

  test("an empty file becomes a store", () => {
    const path = join(tempDir(), "mail.db");
    closeSync(openSync(path, "w"));
    expect(statSync(path).size).toBe(0);
    const store = mustOpen(path);
    addAccount(store);
    store.close();
    const again = mustOpen(path);
    expect(again.accounts.list()).toHaveLength(1);
    again.close();
  });

  test("from every older format the way ends at the same tables", () => {
    const shapes = steps.map((_, older) => {
      const sql = raw(join(tempDir(), "mail.db"));
      migrate(sql, steps.slice(0, older));
      expect(version(sql)).toBe(older);
      migrate(sql);
      const shape = schema(sql);
      expect(version(sql)).toBe(steps.length);
      sql.close();
      return shape;
    });
    for (const shape of shapes) expect(shape).toEqual(shapes[0]);
  });

  test("a store of the first format keeps its account, folder and mail, and goes on", () => {
    const path = join(tempDir(), "mail.db");
    const sql = raw(path);
    migrate(sql, steps.slice(0, 1));
    sql.exec(`
      INSERT INTO accounts (id, address, display_name, user_name, server, url, policy_key, device_id, hierarchy_key)
        VALUES ('${ACCOUNT}', 'anna@example.com', 'Anna', 'anna', 's', 'u', '7', 'd', 'f1');
      INSERT INTO folders (account, server_id, parent_server_id, name, role, class, sync_key, complete)
        VALUES (1, 'in', '0', 'Inbox', 'inbox', 'mail', '5', 1);
      INSERT INTO messages (folder_id, date, read, flagged, answered, has_attachments, invitation, server_folder_id,
        server_id, server_read, server_flagged, pass, from_name, from_email, to_text, subject, preview)
        VALUES (1, 9, 0, 0, 0, 0, 0, 1, 'm1', 0, 0, 0, 'Bob', 'bob@example.com', '', 'Kept', '');
      INSERT INTO message_details (message_id, to_json, cc_json, reply_to_json, message_class, importance)
        VALUES (1, '[]', '[]', '[]', '', 1);`);
    sql.close();
    const store = mustOpen(path);
    const sync = store.syncStore(ACCOUNT);
    const [inbox] = sync.collections();
    if (inbox === undefined) throw new Error("no inbox");
    expect([store.accounts.list().length, inbox.syncKey, sync.hierarchyKey()]).toEqual([1, "5", "f1"]);
    const commit = {
      folderId: inbox.folderId,
      previousKey: "5",
      newKey: "6",
      added: [mail("m2")],
      changed: [{ serverId: "m1", read: true }],
      deleted: [],
      verdicts: [],
      passComplete: true,
      at: 1,
    };
    expect(sync.commitCollection(commit)).toBe(true);
    const { rows } = store.mail.page({ folderId: inbox.folderId, filter: "all", query: "" }, 0, 9);
    expect(rows.map(({ subject, unread }) => [subject, unread])).toEqual([
      ["Subject m2", true],
      ["Kept", false],
    ]);
    expect(store.check()).toEqual([]);
    store.close();
  });

  test("a format to come is added to a store that lives, once", () => {
    const f = lived();
    const before = shown(f);
    f.store.close();
    const sql = raw(f.path);
    const longer = [...steps, "CREATE TABLE later (x INTEGER) STRICT; INSERT INTO later VALUES (1);"];
    for (let n = 0; n < 2; n += 1) expect(migrate(sql, longer).ok).toBe(true);
    expect(sql.prepare("SELECT count(*) FROM later").pluck().get()).toBe(1);
    sql.exec(`DROP TABLE later; PRAGMA user_version = ${steps.length}`);
    sql.close();
    f.reopen();
    expect(shown(f)).toEqual(before);
  });

  test.each([1, 2, 1_000, 2 ** 31 - 1 - steps.length])(
    "a format that is %i ahead is refused by its number and stays",
    (ahead) => {
      const path = join(tempDir(), "mail.db");
      const sql = raw(path);
      sql.exec(`CREATE TABLE theirs (x); PRAGMA user_version = ${steps.length + ahead}`);
      sql.close();
      const opened = open(path);
      expect(opened).toMatchObject({ ok: false, error: { kind: "newer" } });
      if (!opened.ok) expect(opened.error.message).toContain(`format ${steps.length + ahead};`);
      const again = raw(path);
      expect([version(again), schema(again)]).toEqual([steps.length + ahead, ["CREATE TABLE theirs (x)"]]);
      again.close();
    },
  );
});

describe("one file, opened twice", () => {
  test("each sees what the other committed, and of two answers for one key one is taken", () => {
    const f = lived();
    const second = mustOpen(f.path, manualClock());
    const sync = second.syncStore(ACCOUNT);
    const before = f.key("in");
    f.answer("in", { added: [mail("new", { subject: "new" })] });
    expect(second.mail.page(scopeOf(f, "in"), 0, 500).rows).toEqual(f.rows("in"));
    const commit = {
      folderId: f.folderId("in"),
      newKey: "x",
      added: [],
      changed: [],
      deleted: ["new"],
      verdicts: [],
      passComplete: true,
      at: 1,
    };
    expect(sync.commitCollection({ ...commit, previousKey: before })).toBe(false);
    expect(sync.commitCollection({ ...commit, previousKey: f.key("in") })).toBe(true);
    expect(f.subjects("in")).not.toContain("new");
    second.close();
    expect(f.store.check()).toEqual([]);
  });

  test("drafts made on both sides have ids of their own", () => {
    const f = new Fixture();
    const second = mustOpen(f.path, manualClock());
    const ids = [1, 2, 3].flatMap(() => [
      newDraft(f).id,
      second.drafts.create({ accountId: ACCOUNT, mode: "new", sourceId: null, content: content() }).id,
    ]);
    second.close();
    expect(new Set(ids).size).toBe(6);
    expect(f.store.drafts.list()).toHaveLength(6);
  });
});

describe("a closed store", () => {
  test.each<[string, (f: Fixture) => unknown]>([
    ["accounts.list", (f) => f.store.accounts.list()],
    [
      "accounts.saveSession",
      (f) =>
        f.store.accounts.saveSession(ACCOUNT, {
          url: "",
          protocolVersion: null,
          policyKey: "",
          deviceId: "",
        }),
    ],
    ["accounts.remove", (f) => f.store.accounts.remove(ACCOUNT)],
    ["mail.folders", (f) => f.store.mail.folders()],
    ["mail.page", (f) => f.store.mail.page({ folderId: 1 as never, filter: "all", query: "" }, 0, 1)],
    ["a search", (f) => f.store.mail.page({ folderId: 1 as never, filter: "all", query: "x" }, 0, 1)],
    ["mail.open", (f) => f.store.mail.open(1 as never)],
    ["mail.setRead", (f) => f.store.mail.setRead([1 as never], true)],
    ["mail.undo", (f) => f.store.mail.undo(1)],
    ["mail.suggest", (f) => f.store.mail.suggest("b", 1)],
    ["attachments.write", (f) => f.store.attachments.write(1 as never)],
    ["drafts.list", (f) => f.store.drafts.list()],
    ["drafts.create", (f) => newDraft(f)],
    ["sync.collections", (f) => f.sync.collections()],
    ["sync.outboxNext", (f) => f.sync.outboxNext(0)],
    ["sync.resetFolders", (f) => f.sync.resetFolders()],
    ["tidy", (f) => f.store.tidy()],
    ["check", (f) => f.store.check()],
    ["repair", (f) => f.store.repair()],
  ])("%s says that it is closed, and the file stays as it was", (_, use) => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1")] });
    const before = shown(f);
    f.store.close();
    expect(() => use(f)).toThrow("not open");
    f.store.close();
    f.reopen();
    expect(shown(f)).toEqual(before);
  });

  test("what was being swept waits for the next start", () => {
    const f = new Fixture();
    f.answer("pr", { added: Array.from({ length: 500 }, (_, n) => ({ serverId: `${n}` })) });
    f.sync.commitFolders("f1", { syncKey: "f2", added: [], updated: [], deleted: ["pr"] });
    f.clock.advance(20);
    f.store.close();
    f.clock.advance(10_000);
    const left = () => {
      const sql = raw(f.path);
      const count = sql.prepare("SELECT count(*) FROM messages").pluck().get();
      sql.close();
      return count;
    };
    expect(left()).toBe(300);
    f.reopen();
    for (let n = 0; n < 5; n += 1) f.clock.advance(20);
    expect(left()).toBe(0);
  });
});

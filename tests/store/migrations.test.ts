import { describe, expect, test } from "vitest";
import type { Connection } from "../../electron/store/db/driver-types.ts";
import { migrate, steps } from "../../electron/store/migrations/migrate.ts";
import { tableClasses } from "../../electron/store/tables.ts";
import { rawSql, tempDir } from "./support.ts";
import { ACCOUNT, mail, mustOpen, open } from "./support-core.ts";

/** A database as the program of version `version` left it. */
function old(version: number): { path: string; sql: Connection } {
  const path = `${tempDir()}/mail.db`;
  const sql = rawSql(path);
  migrate(sql, steps.slice(0, version));
  return { path, sql };
}

/** Rows as version 1 wrote them: one account with an inbox, two messages, a draft and a waiting wish. */
const ROWS_OF_1 = `
INSERT INTO accounts (id, address, display_name, user_name, server, url, policy_key, device_id, hierarchy_key)
VALUES ('${ACCOUNT}', 'anna@example.com', 'Anna', 'anna', 's', 'u', '0', 'd', 'f1');
INSERT INTO folders (account, server_id, parent_server_id, name, role, class, sync_key, complete)
VALUES (1, 'in', '0', 'Inbox', 'inbox', 'mail', 'k7', 1), (1, 'pr', 'in', 'Projects', 'user', 'mail', 'k8', 1);
INSERT INTO messages (folder_id, date, read, flagged, answered, has_attachments, invitation, server_folder_id,
  server_id, server_read, server_flagged, pass, arrival, from_name, from_email, to_text, subject, preview)
VALUES (1, 5, 0, 0, 0, 0, 0, 1, 's1', 0, 0, 0, 0, 'Bob', 'bob@example.com', 'Anna', 'First', 'p'),
  (2, 6, 1, 1, 0, 0, 0, 2, NULL, 1, 1, 0, 2, 'Bob', 'bob@example.com', 'Anna', 'On its way', 'p');
INSERT INTO message_details VALUES (1, '[]', '[]', '[]', '', 1, NULL, NULL), (2, '[]', '[]', '[]', '', 1, NULL, NULL);
INSERT INTO bodies VALUES (1, 'text', 0, 4, 'body');
INSERT INTO search (rowid, sender, recipients, subject, body, attachments) VALUES (1, 'Bob', '', 'First', 'body', '');
INSERT INTO intents (account, message_id, kind, read) VALUES (1, 1, 'set', 1);
INSERT INTO drafts (account, mode, to_json, cc_json, bcc_json, subject, html, saved_at)
VALUES (1, 'new', '[]', '[]', '[]', 'Mine', '<p>Mine</p>', 9);
`;

describe("a database of version 1", () => {
  function upgraded() {
    const { path, sql } = old(1);
    sql.exec(ROWS_OF_1);
    sql.close();
    const store = mustOpen(path);
    return { path, store, sync: store.syncStore(ACCOUNT) };
  }

  test("opens with everything in it", () => {
    const { store, sync } = upgraded();
    expect(store.accounts.list()).toMatchObject([{ id: ACCOUNT, address: "anna@example.com" }]);
    expect(sync.collections().map(({ serverId, syncKey, stored }) => [serverId, syncKey, stored])).toEqual([
      ["in", "k7", 1],
      ["pr", "k8", 1],
    ]);
    const scope = { folderId: sync.collections()[0]?.folderId ?? (0 as never), filter: "all" } as const;
    expect(store.mail.page({ ...scope, query: "" }, 0, 9).rows).toMatchObject([{ subject: "First" }]);
    expect(store.mail.page({ ...scope, query: "body" }, 0, 9).total).toBe(1);
    expect(store.drafts.list()).toMatchObject([{ subject: "Mine" }]);
    expect(sync.pendingCount()).toEqual({ actions: 1, outbox: 0 });
    expect(sync.intents(5)).toMatchObject([{ kind: "set", serverId: "s1", read: true }]);
    expect(store.check()).toEqual([]);
    store.close();
  });

  test("goes on syncing: a message on its way arrives, or is given up after two passes", () => {
    const { store, sync } = upgraded();
    const pr = sync.collections()[1]?.folderId ?? (0 as never);
    const pass = (previousKey: string, newKey: string) =>
      sync.commitCollection({
        folderId: pr,
        previousKey,
        newKey,
        added: [],
        changed: [],
        deleted: [],
        verdicts: [],
        passComplete: true,
        at: 1,
      });
    const left = () => store.mail.page({ folderId: pr, filter: "all", query: "" }, 0, 9).total;
    expect(pass("k8", "k9")).toBe(true);
    expect(left()).toBe(1);
    expect(pass("k9", "k10")).toBe(true);
    expect(left()).toBe(0);
    store.close();
  });

  test("takes new mail and removes folders as a new one does", () => {
    const { store, sync } = upgraded();
    const inbox = sync.collections()[0]?.folderId ?? (0 as never);
    sync.commitCollection({
      folderId: inbox,
      previousKey: "k7",
      newKey: "k8",
      added: [mail("s2")],
      changed: [],
      deleted: ["s1"],
      verdicts: [],
      passComplete: true,
      at: 1,
    });
    expect(store.mail.page({ folderId: inbox, filter: "all", query: "" }, 0, 9).total).toBe(1);
    sync.commitFolders("f1", { syncKey: "f2", added: [], updated: [], deleted: ["in"] });
    expect(sync.collections()).toHaveLength(1);
    store.close();
  });

  test("is upgraded once: a second opening finds nothing to do", () => {
    const { path, store } = upgraded();
    store.close();
    const version = () => {
      const sql = rawSql(path);
      const found = sql.pragma("user_version", { simple: true });
      const accounts = sql.prepare("SELECT count(*) FROM accounts").pluck().get();
      sql.close();
      return [found, accounts];
    };
    expect(version()).toEqual([steps.length, 2]);
    mustOpen(path).close();
    expect(version()).toEqual([steps.length, 2]);
  });
});

describe("each step", () => {
  const versions = steps.map((_, index) => index);

  test.each(versions)("from version %i alone leaves the version after it", (version) => {
    const { sql } = old(version);
    expect(sql.pragma("user_version", { simple: true })).toBe(version);
    expect(migrate(sql, steps.slice(0, version + 1))).toMatchObject({ ok: true });
    expect(sql.pragma("user_version", { simple: true })).toBe(version + 1);
    expect(sql.pragma("foreign_key_check")).toEqual([]);
    expect(sql.pragma("integrity_check", { simple: true })).toBe("ok");
  });

  test.each(versions)("from version %i one after the other ends where all at once end", (version) => {
    const schema = (sql: Connection) =>
      sql.prepare("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name").all();
    const { sql: stepwise } = old(version);
    for (let next = version; next < steps.length; next += 1) migrate(stepwise, steps.slice(0, next + 1));
    expect(schema(stepwise)).toEqual(schema(old(steps.length).sql));
  });

  test.each(versions)("after version %i that fails leaves the rows as they were", (version) => {
    const { sql } = old(version);
    if (version > 0) sql.exec(ROWS_OF_1);
    const tables = sql.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
    const before = tables.all();
    const broken = [...steps.slice(0, version), "CREATE TABLE half_done (n); DROP TABLE nowhere"];
    expect(() => migrate(sql, broken)).toThrow("nowhere");
    expect(tables.all()).toEqual(before);
    expect(sql.pragma("user_version", { simple: true })).toBe(version);
    expect(sql.inTransaction).toBe(false);
    expect(migrate(sql)).toMatchObject({ ok: true });
  });
});

describe("a database of a newer program", () => {
  test.each([1, 2, 1000])("%i versions ahead is refused with both numbers", (ahead) => {
    const { path, sql } = old(steps.length);
    sql.pragma(`user_version = ${steps.length + ahead}`);
    sql.close();
    const opened = open(path);
    expect(opened).toMatchObject({ ok: false, error: { kind: "newer" } });
    const words = opened.ok ? "" : opened.error.message;
    expect(words).toContain(`format ${steps.length + ahead}`);
    expect(words).toContain(`knows ${steps.length}`);
  });
});

describe("the tables", () => {
  const empty = () => old(steps.length).sql;

  test.each(Object.entries(tableClasses))("%s, which is %s, is there and strict", (table) => {
    const sql = empty();
    const found = sql
      .prepare<[string], { type: string; strict: number }>(
        "SELECT type, strict FROM pragma_table_list WHERE name = ? AND schema = 'main'",
      )
      .get(table);
    expect(found).toMatchObject(table === "search" ? { type: "virtual" } : { type: "table", strict: 1 });
  });

  test("every mirror table goes with the messages, so that one deletion is enough for a repair", () => {
    const sql = empty();
    for (const [table, kind] of Object.entries(tableClasses)) {
      if (kind !== "mirror" || table === "messages") continue;
      const parents = sql
        .prepare<[string], { table: string; on_delete: string }>(
          'SELECT "table", on_delete FROM pragma_foreign_key_list(?)',
        )
        .all(table);
      expect(parents.length, table).toBe(1);
      expect(parents[0]?.on_delete, table).toBe("CASCADE");
    }
  });

  test("ids that others may still name are never used again", () => {
    const sql = empty();
    for (const table of ["accounts", "folders", "messages", "attachments", "intents", "undo", "drafts"]) {
      const text = sql
        .prepare<[string], string>("SELECT sql FROM sqlite_schema WHERE name = ?")
        .pluck()
        .get(table);
      expect(text, table).toContain("AUTOINCREMENT");
    }
  });

  test.each([
    ["an intent of an unknown kind", "INSERT INTO intents (account, kind) VALUES (0, 'burn')"],
    ["an undo of an unknown kind", "INSERT INTO undo (kind, created_at) VALUES ('burn', 1)"],
    ["text where a number belongs", "INSERT INTO undo (kind, created_at) VALUES ('read', 'now')"],
    [
      "a folder of no account",
      "INSERT INTO folders (account, server_id, parent_server_id, name, role, class) VALUES (77, 'x', '0', '', '', '')",
    ],
    ["a body of no message", "INSERT INTO bodies VALUES (5, 'text', 0, 0, '')"],
    ["an account without an address", "INSERT INTO accounts (id) VALUES ('x')"],
  ])("refuse %s", (_, statement) => {
    expect(() => empty().exec(statement)).toThrow(/constraint|cannot store/i);
  });
});

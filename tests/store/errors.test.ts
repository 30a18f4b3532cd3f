import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { StoreError } from "../../electron/store/api.ts";
import { changeRecorder } from "../../electron/store/changes.ts";
import { database } from "../../electron/store/db/database.ts";
import { codeOf, kindOf, storeError } from "../../electron/store/db/errors.ts";
import { guarded } from "../../electron/store/db/guarded.ts";
import { migrate } from "../../electron/store/migrations/migrate.ts";
import { Fixture, rawSql, tempDir } from "./support.ts";
import { mail, manualClock, mustOpen, open } from "./support-core.ts";

/** What `task` throws. */
function thrown(task: () => unknown): unknown {
  try {
    task();
  } catch (error) {
    return error;
  }
  return "nothing was thrown";
}

describe("the kind of a failure", () => {
  test.each([
    ["SQLITE_FULL", "full"],
    ["SQLITE_CORRUPT", "corrupt"],
    ["SQLITE_CORRUPT_INDEX", "corrupt"],
    ["SQLITE_CORRUPT_VTAB", "corrupt"],
    ["SQLITE_NOTADB", "corrupt"],
    ["SQLITE_READONLY", "read-only"],
    ["SQLITE_READONLY_DBMOVED", "read-only"],
    ["SQLITE_PERM", "read-only"],
    ["SQLITE_IOERR", "io"],
    ["SQLITE_IOERR_READ", "io"],
    ["SQLITE_IOERR_WRITE", "io"],
    ["SQLITE_IOERR_FSYNC", "io"],
    ["SQLITE_IOERR_SHORT_READ", "io"],
    ["SQLITE_CANTOPEN", "io"],
    ["SQLITE_BUSY", "busy"],
    ["SQLITE_BUSY_SNAPSHOT", "busy"],
    ["SQLITE_LOCKED", "busy"],
    ["SQLITE_NOMEM", "memory"],
    ["SQLITE_CONSTRAINT_UNIQUE", null],
    ["SQLITE_CONSTRAINT_FOREIGNKEY", null],
    ["SQLITE_ERROR", null],
    ["SQLITE_MISUSE", null],
    ["SQLITE_RANGE", null],
    ["", null],
  ] as const)("%s is %s", (code, kind) => {
    expect(kindOf(code)).toBe(kind);
  });

  test("what is no error of SQLite's stays what it is", () => {
    const other = new RangeError("mine");
    expect(codeOf(other)).toBe("");
    expect(storeError(other)).toBe(other);
    expect(storeError("text")).toBe("text");
    expect(storeError(null)).toBeNull();
  });

  test("an error that only carries such a code is not taken for SQLite's", () => {
    const forged = Object.assign(new Error("no"), { code: "SQLITE_FULL" });
    expect(storeError(forged)).toBe(forged);
  });
});

describe("a connection that is guarded", () => {
  function parts() {
    const f = new Fixture();
    f.answer("in", { added: [mail("1")] });
    f.store.close();
    const sql = rawSql(f.path);
    return { f, sql, safe: guarded(sql) };
  }

  test("throws a StoreError with kind, code and cause when a file may not be written", () => {
    const { sql, safe } = parts();
    sql.pragma("query_only = ON");
    const error = thrown(() => safe.exec("DELETE FROM messages"));
    expect(error).toBeInstanceOf(StoreError);
    expect(error).toMatchObject({ name: "StoreError", kind: "read-only", code: "SQLITE_READONLY" });
    expect(error).toHaveProperty("cause.code", "SQLITE_READONLY");
    expect(String(error)).toContain("read-only (SQLITE_READONLY)");
  });

  test.each(["run", "get", "all"] as const)("also from a statement's `%s`", (method) => {
    const { sql, safe } = parts();
    const statement = safe.prepare("DELETE FROM messages RETURNING id");
    const plain = safe.prepare("DELETE FROM messages");
    sql.pragma("query_only = ON");
    const error = thrown(() => (method === "run" ? plain.run() : statement[method]()));
    expect(error).toMatchObject({ kind: "read-only" });
  });

  test("says what SQLite says when the mistake is ours", () => {
    const { safe } = parts();
    for (const task of [
      () => safe.prepare("SELECT nonsense"),
      () => safe.exec("no SQL"),
      () => safe.prepare("INSERT INTO accounts (n) VALUES (1)").run(),
      () => safe.prepare("SELECT ?").get(),
    ]) {
      const error = thrown(task);
      expect(error).toBeInstanceOf(Error);
      expect(error).not.toBeInstanceOf(StoreError);
    }
  });

  test("gives the same answers as without the guard", () => {
    const { sql, safe } = parts();
    const query = "SELECT id, subject FROM messages WHERE id = ?";
    expect(safe.prepare(query).all(1)).toEqual(sql.prepare(query).all(1));
    expect(safe.prepare(query).get(1)).toEqual({ id: 1, subject: "Subject 1" });
    expect(safe.prepare(query).pluck().get(1)).toBe(1);
    expect(safe.prepare(query).get(99)).toBeUndefined();
    expect(safe.prepare("UPDATE messages SET pending = 1").run().changes).toBe(1);
    expect([safe.open, safe.inTransaction]).toEqual([true, false]);
    safe.exec("BEGIN");
    expect(safe.inTransaction).toBe(true);
    safe.exec("COMMIT");
    expect(safe.pragma("user_version", { simple: true })).toBe(sql.pragma("user_version", { simple: true }));
    safe.close();
    expect(safe.open).toBe(false);
  });

  test("says `busy` when another program holds the file", () => {
    const { f, safe } = parts();
    const other = rawSql(f.path);
    other.exec("BEGIN IMMEDIATE");
    safe.pragma("busy_timeout = 1");
    expect(thrown(() => safe.exec("BEGIN IMMEDIATE"))).toMatchObject({ kind: "busy" });
    other.exec("ROLLBACK");
    safe.exec("BEGIN IMMEDIATE");
    expect(safe.inTransaction).toBe(true);
    safe.exec("ROLLBACK");
  });
});

describe("a full disk", () => {
  function tight(room: number) {
    const sql = rawSql(`${tempDir()}/mail.db`);
    migrate(sql);
    const pages = Number(sql.pragma("page_count", { simple: true }));
    sql.pragma(`max_page_count = ${pages + room}`);
    const recorder = changeRecorder(manualClock());
    return { sql, recorder, db: database(sql, recorder) };
  }

  const put = "INSERT INTO undo (kind, created_at) VALUES ('read', 1)";
  const big = "CREATE TABLE IF NOT EXISTS big AS SELECT zeroblob(200000) AS data";

  test.each(["write", "durable"] as const)("takes a transaction of `%s` back as a whole", (kind) => {
    const { sql, db } = tight(5);
    const error = thrown(() =>
      db[kind](() => {
        db.sql.exec(put);
        db.sql.exec(big);
      }),
    );
    expect(error).toMatchObject({ name: "StoreError", kind: "full", code: "SQLITE_FULL" });
    expect(sql.inTransaction).toBe(false);
    expect(sql.prepare("SELECT count(*) FROM undo").pluck().get()).toBe(0);
  });

  test("does not hinder what still has room, before or after", () => {
    const { sql, db } = tight(5);
    db.write(() => db.sql.exec(put));
    expect(() => db.write(() => db.sql.exec(big))).toThrow(StoreError);
    db.write(() => db.sql.exec(put));
    expect(sql.prepare("SELECT count(*) FROM undo").pluck().get()).toBe(2);
  });

  test("goes away with room, and the same transaction then succeeds", () => {
    const { sql, db } = tight(5);
    expect(() => db.write(() => db.sql.exec(big))).toThrow(StoreError);
    sql.pragma("max_page_count = 100000");
    db.write(() => db.sql.exec(big));
    expect(sql.prepare("SELECT length(data) FROM big").pluck().get()).toBe(200_000);
  });

  test("tells nothing of what did not happen", () => {
    const { recorder, db } = tight(5);
    const before = recorder.generation();
    expect(() =>
      db.write(() => {
        db.changes.topic("drafts");
        db.sql.exec(big);
      }),
    ).toThrow(StoreError);
    expect(recorder.generation()).toBe(before);
  });
});

describe("a page that is damaged while the store is closed", () => {
  test("is met as `corrupt` wherever it is read, and never as data", () => {
    const f = new Fixture();
    const data = "grapefruit ".repeat(3000);
    const added = Array.from({ length: 30 }, (_, index) =>
      mail(`${index}`, { body: { kind: "text", data: `${index} ${data}`, truncated: false, size: 1 } }),
    );
    f.answer("in", { added });
    const ids = f.rows("in").map((row) => row.id);
    f.store.close();
    const copy = `${f.path}.damaged`;
    copyFileSync(f.path, copy);
    const bytes = readFileSync(copy);
    // The bodies' overflow pages fill nearly all of the file; its first pages hold the schema.
    for (let page = 60; page * 8192 < bytes.byteLength; page += 3) {
      const at = page * 8192 + 500;
      bytes[at] = (bytes[at] ?? 0) ^ 0x40;
    }
    writeFileSync(copy, bytes);
    const store = mustOpen(copy);
    const kinds = new Set<string>();
    let whole = 0;
    for (const id of ids) {
      try {
        const body = store.mail.open(id)?.body;
        expect(body).toMatchObject({ kind: "text", text: expect.stringMatching(/^\d+ (grapefruit )+$/) });
        whole += 1;
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        kinds.add(error.kind);
      }
    }
    expect([...kinds]).toEqual(["corrupt"]);
    expect(whole).toBeLessThan(ids.length);
    store.close();
  });
});

describe("a second program", () => {
  test("cannot write while a transaction of the first runs: `busy`, and both go on afterwards", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1")] });
    const other = rawSql(f.path);
    other.pragma("busy_timeout = 1");
    const safe = database(other, changeRecorder(manualClock()));
    const holder = rawSql(f.path);
    holder.exec("BEGIN IMMEDIATE");
    expect(thrown(() => safe.write(() => 1))).toMatchObject({ kind: "busy" });
    expect(other.inTransaction).toBe(false);
    holder.exec("COMMIT");
    expect(safe.write(() => 2)).toBe(2);
    expect(f.answer("in", { added: [mail("2")] })).toBe(true);
  });

  test("reads what was committed while the first goes on writing", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1")] });
    const second = open(f.path);
    if (!second.ok) throw new Error(second.error.message);
    const scope = { folderId: f.folderId("in"), filter: "all", query: "" } as const;
    expect(second.value.mail.page(scope, 0, 10).total).toBe(1);
    f.answer("in", { added: [mail("2")] });
    expect(second.value.mail.page(scope, 0, 10).total).toBe(2);
    second.value.close();
    expect(f.subjects("in")).toHaveLength(2);
  });

  test("that changes the rows under the first is noticed by the SyncKey", () => {
    const f = new Fixture();
    const second = mustOpen(f.path);
    const theirs = second.syncStore(f.sync.accountId);
    const commit = {
      folderId: f.folderId("in"),
      previousKey: "0",
      newKey: "theirs",
      added: [mail("1")],
      changed: [],
      deleted: [],
      verdicts: [],
      passComplete: true,
      at: 1,
    };
    expect(theirs.commitCollection(commit)).toBe(true);
    expect(f.sync.commitCollection({ ...commit, newKey: "ours", added: [mail("2")] })).toBe(false);
    expect(f.subjects("in")).toEqual(["Subject 1"]);
    second.close();
  });
});

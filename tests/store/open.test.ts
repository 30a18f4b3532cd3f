import { copyFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { connect } from "../../electron/store/db/connection.ts";
import { migrate, steps } from "../../electron/store/migrations/migrate.ts";
import { tableClasses } from "../../electron/store/tables.ts";
import { Fixture, tempDir } from "./support.ts";
import { KEY, mail, manualClock, mustOpen, open } from "./support-core.ts";

function sql(path: string) {
  const opened = connect(path, { databaseKey: () => KEY });
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

/** A closed store with some mail in it. */
function filled(): string {
  const f = new Fixture();
  f.answer("in", {
    added: Array.from({ length: 40 }, (_, index) =>
      mail(`${index}`, {
        subject: "Tangerine harvest",
        body: { kind: "text", data: "grapefruit ".repeat(400), truncated: false, size: 1 },
      }),
    ),
  });
  f.store.close();
  return f.path;
}

describe("opening", () => {
  test("nothing readable reaches the disk, in the database or beside it", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1", { subject: "Tangerine harvest" })] });
    f.store.drafts.create({
      accountId: f.sync.accountId,
      mode: "new",
      sourceId: null,
      content: { to: [], cc: [], bcc: [], subject: "Persimmon", html: "<p>Persimmon</p>" },
    });
    const files = () => [f.path, `${f.path}-wal`].filter((path) => existsSync(path));
    expect(files()).toHaveLength(2);
    for (const file of files()) {
      const bytes = readFileSync(file).toString("latin1").toLowerCase();
      for (const word of ["tangerine", "persimmon", "sqlite format", "create table", "anna@example.com"])
        expect(bytes).not.toContain(word);
    }
  });

  test("another key is refused, and the file stays as it is", () => {
    const path = filled();
    const before = readFileSync(path);
    const opened = open(path, manualClock(), new Uint8Array(32).fill(8));
    expect(opened).toMatchObject({ ok: false, error: { kind: "wrong-key" } });
    expect(readFileSync(path)).toEqual(before);
    expect(open(path)).toMatchObject({ ok: true });
  });

  test.each([0, 16, 31, 33, 64])("a key of %i bytes is refused, not stretched", (length) => {
    const path = join(tempDir(), "mail.db");
    expect(open(path, manualClock(), new Uint8Array(length))).toMatchObject({
      ok: false,
      error: { kind: "unavailable" },
    });
  });

  test("a database that is not encrypted is refused", () => {
    const path = join(tempDir(), "mail.db");
    writeFileSync(path, Buffer.concat([Buffer.from("SQLite format 3\0"), Buffer.alloc(8176)]));
    expect(open(path)).toMatchObject({ ok: false, error: { kind: "corrupt" } });
  });

  test("a file cut short is refused, and stays as it is", () => {
    const path = filled();
    truncateSync(path, 8192 * 3 + 100);
    const before = readFileSync(path);
    expect(open(path)).toMatchObject({ ok: false, error: { kind: "corrupt" } });
    expect(readFileSync(path)).toEqual(before);
  });

  test("garbage is refused, and stays as it is", () => {
    const path = join(tempDir(), "mail.db");
    writeFileSync(path, Buffer.alloc(8192 * 4, 0xa5));
    expect(open(path).ok).toBe(false);
    expect(readFileSync(path)).toEqual(Buffer.alloc(8192 * 4, 0xa5));
  });

  test("a changed byte in any page is found, never read as data", () => {
    const path = filled();
    const pages = readFileSync(path).byteLength / 8192;
    expect(pages).toBeGreaterThan(20);
    for (let page = 1; page < pages; page += 7) {
      const copy = `${path}.${page}`;
      copyFileSync(path, copy);
      const bytes = readFileSync(copy);
      const at = page * 8192 + 1000;
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      writeFileSync(copy, bytes);
      const opened = open(copy);
      if (!opened.ok) {
        expect(opened.error.kind).not.toBe("unavailable");
        continue;
      }
      let found: readonly string[] = [];
      try {
        found = opened.value.check();
      } catch (error) {
        found = [String(error)];
      }
      opened.value.close();
      expect(found.length, `page ${page}`).toBeGreaterThan(0);
    }
  });

  test("a folder that does not exist is a fault in words", () => {
    expect(open(join(tempDir(), "nowhere", "mail.db"))).toMatchObject({
      ok: false,
      error: { kind: "unavailable", message: expect.stringContaining("cannot be opened") },
    });
  });

  test("SQLite is set as the README says", () => {
    const db = sql(join(tempDir(), "mail.db"));
    const pragma = (name: string) => db.pragma(name, { simple: true });
    expect(pragma("journal_mode")).toBe("wal");
    expect(pragma("synchronous")).toBe(1);
    expect(pragma("foreign_keys")).toBe(1);
    expect(pragma("temp_store")).toBe(2);
    expect(pragma("secure_delete")).toBe(2);
    expect(pragma("mmap_size")).toBe(0);
    expect(pragma("trusted_schema")).toBe(0);
    expect(pragma("page_size")).toBe(8192);
    db.close();
  });
});

describe("migrations", () => {
  test("a newer database is refused with words, and stays as it is", () => {
    const path = filled();
    const db = sql(path);
    db.exec(`PRAGMA user_version = ${steps.length + 1}`);
    db.close();
    const before = readFileSync(path);
    const opened = open(path);
    expect(opened).toMatchObject({
      ok: false,
      error: { kind: "newer", message: expect.stringContaining("newer version") },
    });
    expect(readFileSync(path)).toEqual(before);
  });

  test("a step that fails leaves nothing of itself, and the version before it", () => {
    const db = sql(join(tempDir(), "mail.db"));
    const list = ["CREATE TABLE one (n)", "CREATE TABLE two (n); CREATE TABLE one (n)"];
    expect(() => migrate(db, list)).toThrow("already exists");
    expect(db.pragma("user_version", { simple: true })).toBe(1);
    expect(db.prepare("SELECT name FROM sqlite_schema").pluck().all()).toEqual(["one"]);
    expect(migrate(db, ["", "CREATE TABLE two (n)", "CREATE TABLE three (n)"])).toMatchObject({ ok: true });
    expect(db.pragma("user_version", { simple: true })).toBe(3);
    expect(db.prepare("SELECT name FROM sqlite_schema").pluck().all()).toEqual(["one", "two", "three"]);
    db.close();
  });

  test("opening again changes nothing", () => {
    const path = filled();
    const schema = () => {
      const db = sql(path);
      const text = db.prepare("SELECT sql FROM sqlite_schema ORDER BY name").pluck().all();
      db.close();
      return text;
    };
    const before = schema();
    mustOpen(path).close();
    expect(schema()).toEqual(before);
  });

  test("all steps together give the schema that is written down", async () => {
    const db = sql(join(tempDir(), "mail.db"));
    migrate(db);
    const rows = db
      .prepare<[], string>(
        "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'search_%' ORDER BY type, name",
      )
      .pluck()
      .all();
    await expect(`${rows.join(";\n\n")};\n`).toMatchFileSnapshot("golden/schema.sql");
    db.close();
  });

  test("every table says whether it is mirror, owned or index", () => {
    const db = sql(join(tempDir(), "mail.db"));
    migrate(db);
    const names = db
      .prepare<[], string>(
        `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
         AND name NOT LIKE 'search_%' ORDER BY name`,
      )
      .pluck()
      .all();
    expect(Object.keys(tableClasses).sort()).toEqual(names);
    db.close();
  });

  test("no table that is owned hangs on one that a repair empties", () => {
    const db = sql(join(tempDir(), "mail.db"));
    migrate(db);
    const classes = new Map<string, string>(Object.entries(tableClasses));
    for (const [table, kind] of classes) {
      if (kind !== "owned" || table === "intents") continue;
      const parents = db
        .prepare<[string], string>('SELECT "table" FROM pragma_foreign_key_list(?)')
        .pluck()
        .all(table);
      for (const parent of parents) expect(`${table} -> ${classes.get(parent)}`).toBe(`${table} -> owned`);
    }
    db.close();
  });
});

describe("repair", () => {
  test("drops what the server has, and nothing that only the user has", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1"), mail("2"), mail("3")] });
    const one = f.row("in", "Subject 1").id;
    f.store.mail.setRead([one], true);
    f.store.mail.move([f.row("in", "Subject 2").id], f.folderId("pr"));
    const content = { to: [], cc: [], bcc: [], subject: "Mine", html: "" };
    const draft = f.store.drafts.create({
      accountId: f.sync.accountId,
      mode: "reply",
      sourceId: one,
      content,
    });
    f.store.drafts.attach(draft.id, { name: "a", type: "b", bytes: new Uint8Array(3) });
    const sent = f.store.drafts.create({
      accountId: f.sync.accountId,
      mode: "reply",
      sourceId: one,
      content,
    });
    f.store.drafts.queue(sent.id, {
      content,
      clientId: "c",
      kind: "reply",
      mime: [new Uint8Array(9)],
      notBefore: 0,
    });
    const owned = () => [f.store.accounts.list(), f.store.drafts.list(), f.store.drafts.outbox()];
    const before = owned();

    f.store.repair();
    expect(f.rows("in")).toEqual([]);
    expect(f.rows("in", "all", "body")).toEqual([]);
    expect(f.counts("in")).toEqual({ unread: 0, total: 0 });
    expect(owned()).toEqual(before);
    expect(f.sync.pendingCount()).toEqual({ actions: 2, outbox: 1 });
    expect(f.sync.intents(10)).toEqual([]);
    expect(f.sync.hierarchyKey()).toBe("0");
    expect(f.sync.outboxNext(f.clock.now()).entry?.message.source).toEqual({
      collectionId: "in",
      serverId: "1",
    });

    f.answer("in", { added: [mail("1"), mail("2"), mail("3")] });
    expect(f.row("in", "Subject 1").unread).toBe(false);
    expect(f.subjects("pr")).toEqual(["Subject 2"]);
    expect(f.sync.intents(10)).toMatchObject([
      { kind: "set", serverId: "1", read: true },
      { kind: "move", serverId: "2", toServerId: "pr" },
    ]);
    expect(f.store.check()).toEqual([]);
  });

  test("wishes about messages that the server no longer names end with the pass", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1")] });
    f.store.mail.setRead([f.row("in", "Subject 1").id], true);
    f.store.repair();
    f.answer("in", { added: [mail("2")], passComplete: false });
    expect(f.sync.pendingCount().actions).toBe(1);
    f.answer("in");
    expect(f.sync.pendingCount().actions).toBe(0);
  });
});

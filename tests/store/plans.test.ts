import { describe, expect, test } from "vitest";
import type { Connection } from "../../electron/store/db/driver-types.ts";
import { migrate } from "../../electron/store/migrations/migrate.ts";
import { rawSql, tempDir } from "./support.ts";

/** How SQLite would answer the query in a database with the usual statistics of a large mailbox: none yet. */
function plan(sql: Connection, query: string): string {
  return sql
    .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${query}`)
    .all()
    .map((step) => step.detail)
    .join("\n");
}

function empty(): Connection {
  const sql = rawSql(`${tempDir()}/mail.db`);
  migrate(sql);
  return sql;
}

/** What is asked for each message of a sync, each row on the screen or each key pressed. */
const HOT: readonly (readonly [string, string, string])[] = [
  [
    "a message by what the server calls it",
    "SELECT id FROM messages WHERE server_folder_id = 1 AND server_id = 'x'",
    "messages_by_server_id (server_folder_id=? AND server_id=?)",
  ],
  [
    "messages on their way into a folder",
    "SELECT id FROM messages WHERE server_folder_id = 1 AND server_id IS NULL AND date = 1",
    "messages_by_server_id (server_folder_id=? AND server_id=?)",
  ],
  [
    "unconfirmed messages of a folder",
    "SELECT 1 FROM messages WHERE server_folder_id = 1 AND arrival <> 0",
    "messages_arriving (server_folder_id=?)",
  ],
  [
    "counting passes for unconfirmed messages",
    "UPDATE messages SET arrival = arrival - 1 WHERE server_folder_id = 1 AND arrival <> 0 AND arrival > 0",
    "messages_arriving (server_folder_id=?)",
  ],
  ["the twin of a message", "SELECT id FROM messages WHERE twin_of = 5", "messages_twins (twin_of=?)"],
  [
    "the intents of a message",
    "SELECT id FROM intents WHERE message_id = 1 ORDER BY id",
    "intents_by_message (message_id=?)",
  ],
  [
    "an earlier intent of the same message",
    "SELECT 1 FROM intents e WHERE e.message_id = 1 AND e.id < 7",
    "intents_by_message (message_id=? AND id<?)",
  ],
  [
    "the next intents of an account",
    "SELECT id FROM intents WHERE account = 1 ORDER BY id LIMIT 5",
    "intents_by_account (account=?)",
  ],
  [
    "how many intents an account has",
    "SELECT count(*) FROM intents WHERE account = 1",
    "intents_by_account (account=?)",
  ],
  [
    "moves on their way into a folder",
    "SELECT 1 FROM intents WHERE target_id = 1 AND handed = 1",
    "intents_by_target (target_id=?)",
  ],
  [
    "intents that lost their message",
    "SELECT 1 FROM intents WHERE lost_folder_id = 1 AND lost_server_id = 'x'",
    "intents_lost (lost_folder_id=? AND lost_server_id=?)",
  ],
  [
    "the attachments of a message, in order",
    "SELECT id FROM attachments WHERE message_id = 1 ORDER BY position",
    "attachments_by_message (message_id=?)",
  ],
  [
    "a chunk of an attachment",
    "SELECT data FROM attachment_chunks WHERE owner = 1 AND seq = 2",
    "sqlite_autoindex_attachment_chunks_1 (owner=? AND seq=?)",
  ],
  [
    "a chunk of an outgoing message",
    "SELECT data FROM outbox_chunks WHERE owner = 1 AND seq = 2",
    "sqlite_autoindex_outbox_chunks_1 (owner=? AND seq=?)",
  ],
  [
    "the files of a draft",
    "SELECT id, name, type, size FROM draft_attachments WHERE draft_id = 1 ORDER BY id",
    "draft_attachments_by_draft (draft_id=?)",
  ],
  ["a body", "SELECT data FROM bodies WHERE message_id = 1", "INTEGER PRIMARY KEY (rowid=?)"],
  [
    "what a message's heads are",
    "SELECT to_json FROM message_details WHERE message_id = 1",
    "INTEGER PRIMARY KEY (rowid=?)",
  ],
  ["an account by its id", "SELECT n FROM accounts WHERE id = 'x'", "sqlite_autoindex_accounts_1 (id=?)"],
  [
    "a folder by what the server calls it",
    "SELECT id FROM folders WHERE account = 1 AND server_id = 'x'",
    "sqlite_autoindex_folders_1 (account=? AND server_id=?)",
  ],
  [
    "the slice of a removal",
    "SELECT id FROM messages WHERE server_folder_id = 1 LIMIT 200",
    "(server_folder_id=?)",
  ],
  [
    "where a message stands in its list",
    "SELECT count(*) FROM messages INDEXED BY messages_listed WHERE folder_id = 1 AND (date, id) > (5, 5)",
    "COVERING INDEX messages_listed (folder_id=? AND date>?)",
  ],
];

describe("no hot question is answered by reading a whole table", () => {
  test.each(HOT)("%s", (_, query, expected) => {
    const found = plan(empty(), query);
    expect(found).toContain(expected);
    expect(found).not.toMatch(/SCAN|TEMP B-TREE/);
  });

  test.each([
    ["all", "messages_listed", ""],
    ["unread", "messages_unread", "AND read = 0"],
    ["flagged", "messages_flagged", "AND flagged = 1"],
  ])("the order of the %s list comes from its index", (_, index, condition) => {
    for (const order of ["date DESC, id DESC", "date, id"]) {
      const found = plan(
        empty(),
        `SELECT id FROM messages INDEXED BY ${index} WHERE folder_id = 1 ${condition} ORDER BY ${order} LIMIT 9`,
      );
      expect(found).toContain(`COVERING INDEX ${index} (folder_id=?)`);
      expect(found).not.toMatch(/SCAN|TEMP B-TREE/);
    }
  });

  test("what a foreign key must look up when its parent goes is indexed", () => {
    const sql = empty();
    const missing: string[] = [];
    const tables = sql
      .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%REFERENCES%'")
      .pluck()
      .all();
    for (const table of tables) {
      const keys = sql
        .prepare<[string], { from: string }>('SELECT "from" FROM pragma_foreign_key_list(?)')
        .all(table);
      for (const key of keys) {
        const found = plan(sql, `SELECT 1 FROM ${table} WHERE ${key.from} = 1`);
        if (found.includes("SCAN")) missing.push(`${table}.${key.from}`);
      }
    }
    // Rows by the dozen: accounts go rarely, and their drafts are few.
    expect(missing).toEqual(["drafts.account", "outbox.account"]);
  });

  test("every index is used by something", () => {
    const sql = empty();
    const names = sql
      .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'index' AND name NOT LIKE 'sqlite_%'")
      .pluck()
      .all();
    const used = new Set(["messages_listed", "messages_unread", "messages_flagged"]);
    for (const [, query] of HOT)
      for (const name of names) if (plan(sql, query).includes(name)) used.add(name);
    expect(names.filter((name) => !used.has(name))).toEqual([]);
  });
});

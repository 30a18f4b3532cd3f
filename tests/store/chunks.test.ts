import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { changeRecorder } from "../../electron/store/changes.ts";
import { chunkStore } from "../../electron/store/chunks.ts";
import { connect } from "../../electron/store/db/connection.ts";
import { database } from "../../electron/store/db/database.ts";
import { seeded } from "./history.ts";
import { tempDir } from "./support.ts";
import { KEY, manualClock } from "./support-core.ts";

function parts() {
  const opened = connect(join(tempDir(), "mail.db"), { databaseKey: () => KEY });
  if (!opened.ok) throw new Error(opened.error.message);
  opened.value.exec("CREATE TABLE outbox_chunks (owner, seq, data, PRIMARY KEY (owner, seq))");
  const db = database(opened.value, changeRecorder(manualClock()));
  return { db, chunks: chunkStore(db, "outbox_chunks") };
}

describe("chunks", () => {
  test.each([1, 2, 3, 4, 5])("pieces of any size come back as one row of bytes (seed %i)", (seed) => {
    const { chunks } = parts();
    const random = seeded(seed);
    const pieces = Array.from({ length: 12 }, () =>
      Uint8Array.from({ length: Math.floor(random() ** 3 * 700_000) }, () => Math.floor(random() * 256)),
    );
    const whole = Buffer.concat(pieces);
    expect(chunks.put(1, pieces)).toBe(whole.byteLength);
    chunks.put(2, [new Uint8Array([9])]);
    const stored = [...chunks.read(1)];
    expect(Buffer.concat(stored).equals(whole)).toBe(true);
    for (const chunk of stored.slice(0, -1)) expect(chunk.byteLength).toBe(256 * 1024);
    chunks.delete(1);
    expect([...chunks.read(1)]).toEqual([]);
    expect([...chunks.read(2)]).toHaveLength(1);
  });

  test("a reader holds no statement open: writing goes on between two chunks", () => {
    const { chunks } = parts();
    chunks.put(1, [new Uint8Array(600_000)]);
    let seen = 0;
    for (const chunk of chunks.read(1)) {
      seen += chunk.byteLength;
      chunks.put(seen, [chunk]);
    }
    expect(seen).toBe(600_000);
  });
});

describe("transactions", () => {
  test("one inside another is a part of it; a failure takes both back and the work before commit too", () => {
    const { db } = parts();
    const calls: string[] = [];
    db.beforeCommit({ run: () => void calls.push("run"), discard: () => void calls.push("discard") });
    const insert = db.sql.prepare("INSERT INTO outbox_chunks VALUES (?, 0, '')");
    const count = () => db.sql.prepare("SELECT count(*) FROM outbox_chunks").pluck().get();
    expect(() =>
      db.write(() => {
        insert.run(1);
        db.durable(() => insert.run(2));
        throw new Error("no");
      }),
    ).toThrow("no");
    expect(count()).toBe(0);
    expect(db.write(() => db.write(() => insert.run(3).changes))).toBe(1);
    expect(count()).toBe(1);
    expect(calls).toEqual(["discard", "run"]);
  });

  test("work before the commit that fails takes the transaction back", () => {
    const { db } = parts();
    db.beforeCommit({
      run() {
        throw new Error("index");
      },
      discard() {},
    });
    const insert = db.sql.prepare("INSERT INTO outbox_chunks VALUES (1, 0, '')");
    expect(() => db.write(() => insert.run())).toThrow("index");
    expect(db.sql.prepare("SELECT count(*) FROM outbox_chunks").pluck().get()).toBe(0);
    expect(db.sql.inTransaction).toBe(false);
  });

  test("durable ones are synced in full, the others are not, and a failure leaves it as it was", () => {
    const { db } = parts();
    const level = () => db.sql.pragma("synchronous", { simple: true });
    expect([db.write(level), db.durable(level), level()]).toEqual([1, 2, 1]);
    expect(() =>
      db.durable(() => {
        throw new Error("no");
      }),
    ).toThrow("no");
    expect(level()).toBe(1);
  });
});

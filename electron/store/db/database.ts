import type { ChangeRecorder } from "../changes.ts";
import type { Connection } from "./driver-types.ts";
import { guarded } from "./guarded.ts";

/**
 * The connection with its two kinds of transaction. Statements are prepared from `sql`; what they throw at run time
 * is a `StoreError`, and a mistake of ours as SQLite says it.
 */
export interface Db {
  readonly sql: Connection;
  readonly changes: ChangeRecorder;
  /**
   * One transaction; inside another, a part of it. Survives the end of the process at any instruction.
   * After a power cut the last ones may be undone as a whole: right for what a server can repeat.
   */
  write<T>(task: () => T): T;
  /** As `write`, and on the disk before it returns: for what only the user has. */
  durable<T>(task: () => T): T;
  /** Adds work that each transaction does last; `discard` is called instead when it is rolled back. */
  beforeCommit(work: { run(): void; discard(): void }): void;
}

export function database(connection: Connection, changes: ChangeRecorder): Db {
  const sql = guarded(connection);
  const begin = sql.prepare("BEGIN IMMEDIATE");
  const commit = sql.prepare("COMMIT");
  const rollback = sql.prepare("ROLLBACK");
  const last: { run(): void; discard(): void }[] = [];

  function write<T>(task: () => T): T {
    if (sql.inTransaction) return task();
    begin.run();
    let result: T;
    try {
      result = task();
      for (const work of last) work.run();
      commit.run();
    } catch (error) {
      if (sql.inTransaction) rollback.run();
      for (const work of last) work.discard();
      changes.discard();
      throw error;
    }
    changes.flush();
    return result;
  }

  function durable<T>(task: () => T): T {
    if (sql.inTransaction) return task();
    sql.pragma("synchronous = FULL");
    try {
      return write(task);
    } finally {
      sql.pragma("synchronous = NORMAL");
    }
  }

  return { sql, changes, write, durable, beforeCommit: (work) => void last.push(work) };
}

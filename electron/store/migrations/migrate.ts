import { err, ok, type Result } from "../../../shared/base/result.ts";
import type { OpenFault } from "../api.ts";
import type { Connection } from "../db/driver-types.ts";
import { first } from "./0001-first.ts";
import { movesAndRemoval } from "./0002-moves-and-removal.ts";

/** Step n brings a database from version n to n + 1. Steps are only ever added at the end. */
export const steps: readonly string[] = [first, movesAndRemoval];

/**
 * Brings the database to the version of this program, each step with its version number in one
 * transaction. A database of a newer program is left alone.
 */
export function migrate(sql: Connection, list: readonly string[] = steps): Result<void, OpenFault> {
  const version = Number(sql.pragma("user_version", { simple: true }));
  if (version > list.length)
    return err({
      kind: "newer",
      message: `The mail store was written by a newer version of Bulkhead Mail (format ${version}; this one knows ${list.length}). Install that version to open it. Nothing was changed.`,
    });
  for (const [step, statements] of list.entries()) {
    if (step < version) continue;
    sql.exec("BEGIN IMMEDIATE");
    try {
      sql.exec(statements);
      sql.exec(`PRAGMA user_version = ${step + 1}; COMMIT`);
    } catch (error) {
      if (sql.inTransaction) sql.exec("ROLLBACK");
      throw error;
    }
  }
  return ok(undefined);
}

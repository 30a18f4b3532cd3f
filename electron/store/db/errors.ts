import Database from "better-sqlite3-multiple-ciphers";
import { StoreError } from "../api.ts";
import type { Driver } from "./driver-types.ts";

const { SqliteError }: Driver = Database;

/** SQLite's result code, as better-sqlite3 names it, or "" for other errors. */
export function codeOf(error: unknown): string {
  return error instanceof SqliteError ? error.code : "";
}

/** What a failure at run time means; null for one that is a mistake of ours (a constraint, a misuse). */
export function kindOf(code: string): StoreError["kind"] | null {
  if (code === "SQLITE_FULL") return "full";
  if (code === "SQLITE_NOTADB" || code.startsWith("SQLITE_CORRUPT")) return "corrupt";
  if (code.startsWith("SQLITE_READONLY") || code === "SQLITE_PERM") return "read-only";
  if (code.startsWith("SQLITE_IOERR") || code.startsWith("SQLITE_CANTOPEN")) return "io";
  if (code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED")) return "busy";
  if (code === "SQLITE_NOMEM") return "memory";
  return null;
}

/** A `StoreError` for what can befall any program; every other error as it is. */
export function storeError(error: unknown): unknown {
  const code = codeOf(error);
  const kind = kindOf(code);
  return kind === null ? error : new StoreError(kind, code, error);
}

import { closeSync, existsSync, openSync, readSync, statSync } from "node:fs";
import Database from "better-sqlite3-multiple-ciphers";
import { err, ok, type Result } from "../../../shared/base/result.ts";
import type { KeySource } from "../../ports/keys.ts";
import type { OpenFault } from "../api.ts";
import type { Connection, Driver } from "./driver-types.ts";
import { codeOf, kindOf } from "./errors.ts";

const Sqlite: Driver = Database;
const KEY_BYTES = 32;
const PAGE_BYTES = 8192;
const BUSY_MS = 5_000;
/** How a file begins that was never encrypted. */
const PLAIN_MAGIC = "SQLite format 3\0";

/**
 * Opens the encrypted file, or makes it. The key is given to the cipher as it is ("raw:"), with no
 * derivation: it is random already. A file that cannot be read is left as it was.
 */
export function connect(path: string, keys: KeySource): Result<Connection, OpenFault> {
  const unlike = foreignFile(path);
  if (unlike !== null) return err({ kind: "corrupt", message: unlike });
  let connection: Connection | null = null;
  try {
    connection = new Sqlite(path, { timeout: BUSY_MS });
    unlock(connection, keys.databaseKey());
    // The first read: it fails here when the key or the file is wrong, before anything is written.
    connection.prepare("SELECT count(*) FROM sqlite_schema").get();
    configure(connection);
    return ok(connection);
  } catch (error) {
    connection?.close();
    return err(openFault(error));
  }
}

function unlock(connection: Connection, key: Uint8Array): void {
  if (key.byteLength !== KEY_BYTES) throw new Error("the store's key must have 32 bytes");
  connection.pragma("cipher = 'aegis'");
  const raw = Buffer.concat([Buffer.from("raw:"), key]);
  connection.key(raw);
  raw.fill(0);
}

/** Reasons for each setting are in the README. */
function configure(connection: Connection): void {
  connection.pragma(`page_size = ${PAGE_BYTES}`);
  connection.pragma("journal_mode = WAL");
  connection.pragma("journal_size_limit = 33554432");
  connection.pragma("synchronous = NORMAL");
  connection.pragma("foreign_keys = ON");
  connection.pragma("temp_store = MEMORY");
  connection.pragma("secure_delete = FAST");
  connection.pragma("mmap_size = 0");
  connection.pragma("trusted_schema = OFF");
  connection.pragma("cell_size_check = ON");
  connection.pragma("recursive_triggers = OFF");
}

/** What is wrong with a file that cannot be ours whatever the key; null when it may be. */
function foreignFile(path: string): string | null {
  if (!existsSync(path)) return null;
  const size = statSync(path).size;
  if (size === 0) return null;
  const head = Buffer.alloc(PLAIN_MAGIC.length);
  const file = openSync(path, "r");
  try {
    readSync(file, head, 0, head.length, 0);
  } finally {
    closeSync(file);
  }
  if (head.toString("latin1") === PLAIN_MAGIC) return "The mail store is a database that is not encrypted.";
  if (size % PAGE_BYTES !== 0) return "The mail store is damaged: its file was cut short.";
  return null;
}

export function openFault(error: unknown): OpenFault {
  const code = codeOf(error);
  if (code === "SQLITE_NOTADB")
    return {
      kind: "wrong-key",
      message: "The mail store cannot be opened with the key kept for it. Nothing was changed.",
    };
  if (kindOf(code) === "corrupt")
    return { kind: "corrupt", message: "The mail store is damaged. Nothing was changed." };
  if (kindOf(code) === "busy") return { kind: "busy", message: "Another program is using the mail store." };
  const detail = error instanceof Error ? error.message : String(error);
  return { kind: "unavailable", message: `The mail store cannot be opened: ${detail}` };
}

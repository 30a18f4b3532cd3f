import { copyFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { connect } from "../../../electron/store/db/connection.ts";
import { KEY } from "./client.ts";

/**
 * A closed store's file copied and decrypted, for a peer: the same pages, texts and full-text index without
 * encryption, opened with Node's own SQLite.
 */
export function plainCopy(store: string, copy: string): DatabaseSync {
  copyFileSync(store, copy);
  const opened = connect(copy, { databaseKey: () => KEY });
  if (!opened.ok) throw new Error(opened.error.message);
  opened.value.pragma("journal_mode = DELETE");
  opened.value.pragma("rekey = ''");
  opened.value.close();
  return openPlain(copy);
}

/** Opens such a copy (again). */
export function openPlain(path: string): DatabaseSync {
  const plain = new DatabaseSync(path);
  plain.exec("PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;");
  return plain;
}

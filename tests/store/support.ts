import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { CollectionCommit, SyncStore } from "../../electron/ports/sync-store.ts";
import type { Store } from "../../electron/store/api.ts";
import { connect } from "../../electron/store/db/connection.ts";
import type { Connection } from "../../electron/store/db/driver-types.ts";
import type { FolderId } from "../../shared/model/ids.ts";
import type { DraftContent, MessageRow } from "../../shared/model/mail.ts";
import {
  ACCOUNT,
  addAccount,
  FOLDERS,
  KEY,
  type ManualClock,
  manualClock,
  mustOpen,
} from "./support-core.ts";

/** A folder for one test's files, removed after it. */
export function tempDir(): string {
  const dir = mkdtempSync(join(tmpdir(), "bulkhead-store-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A store with one account, the usual folders, and what tests ask of them in short. */
export class Fixture {
  readonly path: string;
  readonly clock: ManualClock;
  store: Store;
  sync: SyncStore;

  constructor() {
    this.path = join(tempDir(), "mail.db");
    this.clock = manualClock();
    this.store = mustOpen(this.path, this.clock);
    this.sync = addAccount(this.store);
    this.sync.commitFolders("0", { syncKey: "f1", added: FOLDERS, updated: [], deleted: [] });
    onTestFinished(() => this.store.close());
  }

  reopen(): void {
    this.store.close();
    this.store = mustOpen(this.path, this.clock);
    this.sync = this.store.syncStore(ACCOUNT);
  }

  folderId(serverId: string): FolderId {
    const found = this.sync.collections().find((collection) => collection.serverId === serverId);
    if (found === undefined) throw new Error(`no folder ${serverId}`);
    return found.folderId;
  }

  key(serverId: string): string {
    return this.sync.collections().find((collection) => collection.serverId === serverId)?.syncKey ?? "none";
  }

  /** One Sync answer for a folder, with the key counted up. */
  answer(serverId: string, changes: Partial<CollectionCommit> = {}): boolean {
    const previousKey = this.key(serverId);
    return this.sync.commitCollection({
      folderId: this.folderId(serverId),
      previousKey,
      newKey: String(Number(previousKey) + 1),
      added: [],
      changed: [],
      deleted: [],
      verdicts: [],
      passComplete: true,
      at: this.clock.now(),
      ...changes,
    });
  }

  rows(serverId: string, filter: "all" | "unread" | "flagged" = "all", query = ""): MessageRow[] {
    return this.store.mail.page({ folderId: this.folderId(serverId), filter, query }, 0, 500).rows;
  }

  subjects(serverId: string): string[] {
    return this.rows(serverId).map((row) => row.subject);
  }

  row(serverId: string, subject: string): MessageRow {
    const found = this.rows(serverId).find((row) => row.subject === subject);
    if (found === undefined) throw new Error(`no message "${subject}" in ${serverId}`);
    return found;
  }

  counts(serverId: string): { unread: number; total: number } {
    const id = this.folderId(serverId);
    const node = this.store.mail.folders().find((candidate) => candidate.id === id);
    return { unread: node?.unread ?? -1, total: node?.total ?? -1 };
  }
}

/** The same database with nothing between: for what a test must see or break below the store. */
export function rawSql(path: string): Connection {
  const opened = connect(path, { databaseKey: () => KEY });
  if (!opened.ok) throw new Error(opened.error.message);
  const connection = opened.value;
  onTestFinished(() => {
    if (connection.open) connection.close();
  });
  return connection;
}

/** One number from the database itself. */
export function count(path: string, sql: string, ...values: (string | number)[]): number {
  const connection = rawSql(path);
  const found = connection
    .prepare<(string | number)[], number>(sql)
    .pluck()
    .get(...values);
  connection.close();
  return found ?? Number.NaN;
}

export const CONTENT: DraftContent = {
  to: [{ name: "Bob", email: "bob@example.com" }],
  cc: [],
  bcc: [{ name: "", email: "hidden@example.com" }],
  subject: "Plans",
  html: "<p>Plans</p>",
};

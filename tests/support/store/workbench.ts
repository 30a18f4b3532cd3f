import { onTestFinished } from "vitest";
import type { RemoteAttachment, RemoteBody } from "../../../electron/ports/remote.ts";
import { changeRecorder } from "../../../electron/store/changes.ts";
import { connect } from "../../../electron/store/db/connection.ts";
import { type Db, database } from "../../../electron/store/db/database.ts";
import { migrate } from "../../../electron/store/migrations/migrate.ts";
import type { ListScope } from "../../../shared/contract/mail.ts";
import type { AccountId, MessageId } from "../../../shared/model/ids.ts";
import type { Address, Draft, DraftContent } from "../../../shared/model/mail.ts";
import { type Fixture, tempDir } from "../../store/support.ts";
import { ACCOUNT, KEY, type ManualClock, manualClock } from "../../store/support-core.ts";

/** Every generated test of the store runs from this seed. */
export const SEED = 20261121;

export const CHUNK = 256 * 1024;

export function text(data: string): RemoteBody {
  return { kind: "text", data, truncated: false, size: data.length };
}

export function person(name: string, email: string): Address {
  return { name, email };
}

export function file(name: string, more: Partial<RemoteAttachment> = {}): RemoteAttachment {
  return {
    fileReference: `ref-${name}`,
    name,
    type: "application/octet-stream",
    size: 10,
    inline: false,
    contentId: null,
    ...more,
  };
}

export function scopeOf(
  f: Fixture,
  serverId: string,
  filter: ListScope["filter"] = "all",
  query = "",
): ListScope {
  return { folderId: f.folderId(serverId), filter, query };
}

/** Subjects of what a query finds in the inbox, in the order of the list. */
export function found(f: Fixture, query: string): string[] {
  return f.rows("in", "all", query).map((row) => row.subject);
}

/** The id of the only message with this subject in the inbox. */
export function idOf(f: Fixture, subject: string): MessageId {
  return f.row("in", subject).id;
}

/** A migrated database without the store around it, for a part on its own. */
export function bareDb(): { readonly db: Db; readonly clock: ManualClock; readonly path: string } {
  const path = `${tempDir()}/mail.db`;
  const opened = connect(path, { databaseKey: () => KEY });
  if (!opened.ok) throw new Error(opened.error.message);
  const migrated = migrate(opened.value);
  if (!migrated.ok) throw new Error(migrated.error.message);
  const clock = manualClock();
  onTestFinished(() => void opened.value.close());
  return { db: database(opened.value, changeRecorder(clock)), clock, path };
}

/** Asks the file itself for one number, past the store. */
export function numberFrom(f: Fixture, sql: string): number {
  const opened = connect(f.path, { databaseKey: () => KEY });
  if (!opened.ok) throw new Error(opened.error.message);
  try {
    return Number(opened.value.prepare(sql).pluck().get());
  } finally {
    opened.value.close();
  }
}

/** Bytes that differ at every place near to each other, so that a lost or doubled piece shows. */
export function pattern(length: number, start = 0): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += 1) bytes[at] = ((at + start) * 2_654_435_761) >>> 13;
  return bytes;
}

export function* pieces(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += size) yield bytes.subarray(at, at + size);
}

export function joined(parts: Iterable<Uint8Array> | null): Buffer {
  if (parts === null) throw new Error("nothing is stored");
  return Buffer.concat([...parts]);
}

export async function joinedAsync(parts: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const list: Uint8Array[] = [];
  for await (const part of parts) list.push(part);
  return Buffer.concat(list);
}

export function content(more: Partial<DraftContent> = {}): DraftContent {
  return { to: [], cc: [], bcc: [], subject: "", html: "", ...more };
}

export function newDraft(
  f: Fixture,
  more: Partial<DraftContent> = {},
  accountId: AccountId = ACCOUNT,
): Draft {
  return f.store.drafts.create({ accountId, mode: "new", sourceId: null, content: content(more) });
}

import { err, ok, type Result } from "../../shared/base/result.ts";
import { accountStore } from "./accounts.ts";
import type { OpenFault, Store, StoreOptions } from "./api.ts";
import { changeRecorder } from "./changes.ts";
import { chunkStore } from "./chunks.ts";
import { connect, openFault } from "./db/connection.ts";
import { database } from "./db/database.ts";
import type { Connection } from "./db/driver-types.ts";
import { drafts } from "./drafts/drafts.ts";
import { draftStore } from "./drafts/queue.ts";
import { actions } from "./mail/actions.ts";
import { attachmentStore } from "./mail/attachments.ts";
import { listing } from "./mail/listing.ts";
import { reading } from "./mail/reading.ts";
import { searchLists } from "./mail/search.ts";
import { undoLog } from "./mail/undo.ts";
import { attachmentList } from "./messages/attachments-list.ts";
import { bodyWriter } from "./messages/body-writer.ts";
import { correspondents } from "./messages/correspondents.ts";
import { searchIndex } from "./messages/index-text.ts";
import { intentLog } from "./messages/intents.ts";
import { projection } from "./messages/project.ts";
import { messageWriter } from "./messages/writer.ts";
import { migrate } from "./migrations/migrate.ts";
import { removal } from "./removal.ts";
import { repair } from "./repair.ts";
import { bodyRequests } from "./sync/bodies.ts";
import { collectionWriter } from "./sync/collection.ts";
import { hierarchy } from "./sync/hierarchy.ts";
import { moves } from "./sync/moves.ts";
import { outboxQueue } from "./sync/outbox.ts";
import { syncStores } from "./sync/sync-store.ts";
import { intentQueue } from "./sync/verdicts.ts";

/** Opens the store, or makes it. Never waits longer than the busy time-out of 5 s; never wipes anything. */
export function openStore(options: StoreOptions): Result<Store, OpenFault> {
  const opened = connect(options.path, options.keys);
  if (!opened.ok) return opened;
  const sql = opened.value;
  try {
    const migrated = migrate(sql);
    if (migrated.ok) return ok(assemble(sql, options));
    sql.close();
    return migrated;
  } catch (error) {
    sql.close();
    return err(openFault(error));
  }
}

function assemble(sql: Connection, { clock, indexText, log }: StoreOptions): Store {
  const changes = changeRecorder(clock);
  const db = database(sql, changes);

  const view = projection(db);
  const index = searchIndex(db, indexText);
  const bodies = bodyWriter(db, index);
  const attachments = attachmentList(db);
  const people = correspondents(db);
  const writer = messageWriter(db, { index, bodies, attachments, correspondents: people, view });
  const removing = removal(db, clock, log, index);
  const moving = moves(db, { writer, view, attachments });
  const intents = intentQueue(db, { view, writer, moves: moving });
  const attachmentChunks = chunkStore(db, "attachment_chunks");
  const outboxChunks = chunkStore(db, "outbox_chunks");

  removing.resume();
  return {
    accounts: accountStore(db, removing),
    mail: {
      ...listing(db, searchLists(db)),
      ...reading(db, clock, bodies),
      ...actions(db, intentLog(db, view), undoLog(db, clock)),
      suggest: people.suggest,
    },
    attachments: attachmentStore(db, attachmentChunks),
    drafts: draftStore(db, clock, drafts(db, clock, chunkStore(db, "draft_attachment_chunks")), outboxChunks),
    syncStore: syncStores(db, clock, {
      folders: hierarchy(db, { writer, view, removal: removing }),
      collections: collectionWriter(db, { view, writer, moves: moving, intents }),
      intents,
      outbox: outboxQueue(db, outboxChunks),
      bodies: bodyRequests(db, { bodies, attachments, index }),
    }),
    onChange: changes.onChange,
    tidy() {
      db.sql.pragma("optimize");
      db.sql.exec("INSERT INTO search (search, rank) VALUES ('merge', 500)");
      db.sql.pragma("wal_checkpoint(PASSIVE)");
    },
    check() {
      const answers = db.sql.prepare<[], string>("PRAGMA integrity_check(20)").pluck().all();
      return answers.filter((line) => line !== "ok");
    },
    repair: () => repair(db),
    close() {
      removing.close();
      changes.close();
      if (sql.open) sql.close();
    },
  };
}

import type { FolderId, MessageId } from "../../../shared/model/ids.ts";
import type { Db } from "../db/database.ts";

export interface IntentRow {
  id: number;
  account: number;
  message_id: MessageId;
  kind: "set" | "move" | "delete";
  read: number | null;
  flagged: number | null;
  target_id: FolderId | null;
  handed: number;
}

/** A message's state: `folder` is null while it is hidden. */
export interface State {
  folder: FolderId | null;
  read: number;
  flagged: number;
}

interface Truth {
  server_folder_id: FolderId;
  server_read: number;
  server_flagged: number;
  twin_of: MessageId | null;
  folder_id: FolderId | null;
  read: number;
  flagged: number;
  pending: number;
}

/** What is shown of a message = what the server last said, and the user's pending intents on top. */
export interface Projection {
  intentsOf(messageId: MessageId): IntentRow[];
  /** The state with only these intents on top; null when the message is unknown. */
  stateAfter(messageId: MessageId, intents: readonly IntentRow[]): State | null;
  /** Writes what is to be shown now, and records the change. Within the caller's transaction. */
  project(messageId: MessageId): void;
}

export function projection(db: Db): Projection {
  const intents = db.sql.prepare<[MessageId], IntentRow>(
    "SELECT id, account, message_id, kind, read, flagged, target_id, handed FROM intents WHERE message_id = ? ORDER BY id",
  );
  const truth = db.sql.prepare<[MessageId], Truth>(
    "SELECT server_folder_id, server_read, server_flagged, twin_of, folder_id, read, flagged, pending FROM messages WHERE id = ?",
  );
  const show = db.sql.prepare<[FolderId | null, number, number, number, MessageId]>(
    "UPDATE messages SET folder_id = ?, read = ?, flagged = ?, pending = ? WHERE id = ?",
  );

  function overlay(row: Truth, list: readonly IntentRow[]): State {
    const state: State = {
      folder: row.twin_of === null ? row.server_folder_id : null,
      read: row.server_read,
      flagged: row.server_flagged,
    };
    for (const intent of list) {
      if (intent.kind === "delete") state.folder = null;
      else if (intent.kind === "move") state.folder = intent.target_id;
      else {
        state.read = intent.read ?? state.read;
        state.flagged = intent.flagged ?? state.flagged;
      }
    }
    return state;
  }

  return {
    intentsOf: (messageId) => intents.all(messageId),
    stateAfter(messageId, list) {
      const row = truth.get(messageId);
      return row === undefined ? null : overlay(row, list);
    },
    project(messageId) {
      const row = truth.get(messageId);
      if (row === undefined) return;
      const list = intents.all(messageId);
      const state = overlay(row, list);
      const pending = list.length > 0 ? 1 : 0;
      if (
        row.folder_id === state.folder &&
        row.read === state.read &&
        row.flagged === state.flagged &&
        row.pending === pending
      )
        return;
      show.run(state.folder, state.read, state.flagged, pending, messageId);
      db.changes.message(messageId, row.folder_id);
      db.changes.message(messageId, state.folder);
      db.changes.topic("folders");
    },
  };
}

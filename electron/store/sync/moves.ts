import type { FolderId, MessageId } from "../../../shared/model/ids.ts";
import type { RemoteMessage } from "../../ports/remote.ts";
import type { Db } from "../db/database.ts";
import type { AttachmentList } from "../messages/attachments-list.ts";
import type { Projection } from "../messages/project.ts";
import { MAX_NAME, MAX_SUBJECT, type MessageWriter, type Place } from "../messages/writer.ts";

/**
 * Complete passes of the target folder after which a moved message that no one named is given up. The first may
 * have been asked for before the move, the second was not: it would have named the message, were it there.
 */
const PATIENCE = 2;

/**
 * A moved message keeps its row although the server gives it another id, in another folder, in an answer
 * that may come before or after the verdict on the move, or never (the process may end in between).
 *
 * - A row is _arriving_ while the server has moved it and the new id is not known (server_id is NULL).
 * - A moved row is _unconfirmed_ (arrival is not 0) until an answer of the target folder names it. Another client
 *   may delete it before that: the server then never speaks of it in that folder, and silence is all there is. It
 *   counts only for a server that has been seen to announce moved messages (accounts.tells_moves).
 * - A _twin_ is the row made for an Add that looks like a message whose move is on its way. It stays hidden
 *   until the verdict tells whether it is that message.
 */
export interface Moves {
  /** The arriving row that an added message is, if any; it gets the message's id. */
  claim(place: Place, message: RemoteMessage): MessageId | null;
  /** An answer names an unconfirmed row. `told`: unasked, as one that tells all changes since the last pass. */
  confirm(messageId: MessageId, told: boolean): void;
  /** The row whose move is on its way and that an added message probably is. */
  suspect(place: Place, message: RemoteMessage): MessageId | null;
  /** The server confirmed a move. */
  arrived(messageId: MessageId, target: FolderId, newServerId: string | null): void;
  /** The server no longer has the message where it was. True when it moved: the row stays. */
  leftBehind(messageId: MessageId): boolean;
  /** A move did not happen: what was thought its twin is a message of its own. */
  freeTwin(messageId: MessageId): void;
  /** A pass over the folder is complete: gives up what should have arrived. */
  passed(folderId: FolderId): void;
}

interface Known {
  id: MessageId;
  server_read: number;
  server_flagged: number;
}

export function moves(
  db: Db,
  parts: {
    readonly writer: MessageWriter;
    readonly view: Projection;
    readonly attachments: AttachmentList;
  },
): Moves {
  const likeness = "date = ? AND subject = ? AND from_email = ?";
  const arriving = db.sql
    .prepare<[FolderId, number, string, string], MessageId>(
      `SELECT id FROM messages WHERE server_folder_id = ? AND server_id IS NULL AND ${likeness} ORDER BY id`,
    )
    .pluck();
  const travelling = db.sql
    .prepare<[FolderId, number, string, string], MessageId>(
      `SELECT m.id FROM intents i JOIN messages m ON m.id = i.message_id
       WHERE i.target_id = ? AND i.kind = 'move' AND i.handed = 1 AND ${likeness}
         AND NOT EXISTS (SELECT 1 FROM messages t WHERE t.twin_of = m.id) ORDER BY i.id`,
    )
    .pluck();
  const setPlace = db.sql.prepare<Record<string, string | number | null>>(
    `UPDATE messages SET server_folder_id = @folder, server_id = @serverId, arrival = @arrival, twin_of = NULL,
       pass = (SELECT pass FROM folders WHERE id = @folder) WHERE id = @id`,
  );
  const byServerId = db.sql.prepare<[FolderId, string], Known>(
    "SELECT id, server_read, server_flagged FROM messages WHERE server_folder_id = ? AND server_id = ?",
  );
  const twinIn = db.sql.prepare<[MessageId], Known & { server_id: string }>(
    "SELECT id, server_read, server_flagged, server_id FROM messages WHERE twin_of = ?",
  );
  const untwin = db.sql.prepare<[MessageId]>("UPDATE messages SET twin_of = NULL WHERE id = ?");
  const setTruth = db.sql.prepare("UPDATE messages SET server_read = ?, server_flagged = ? WHERE id = ?");
  const hasBody = db.sql.prepare<[MessageId]>("SELECT 1 FROM bodies WHERE message_id = ?");
  const takeBody = db.sql.prepare("UPDATE bodies SET message_id = ? WHERE message_id = ?");
  const takeIntents = db.sql.prepare("UPDATE intents SET message_id = ? WHERE message_id = ?");
  const dropIntent = db.sql.prepare<[number]>("DELETE FROM intents WHERE id = ?");
  // Counts down to 1, then to -1, which is overdue: 0 is for rows that are no longer waited for.
  const wait = db.sql.prepare<[FolderId]>(
    `UPDATE messages SET arrival = CASE arrival WHEN 1 THEN -1 ELSE arrival - 1 END
     WHERE server_folder_id = ? AND arrival <> 0 AND arrival > 0`,
  );
  const overdue = db.sql
    .prepare<[FolderId], MessageId>(
      `SELECT m.id FROM messages m JOIN folders f ON f.id = m.server_folder_id JOIN accounts a ON a.n = f.account
       WHERE m.server_folder_id = ? AND m.arrival <> 0 AND m.arrival < 0
         AND (m.server_id IS NULL OR a.tells_moves = 1)`,
    )
    .pluck();
  const unconfirmed = db.sql
    .prepare<[MessageId], number>(
      "SELECT f.account FROM messages m JOIN folders f ON f.id = m.server_folder_id WHERE m.id = ? AND m.arrival <> 0",
    )
    .pluck();
  const confirmed = db.sql.prepare<[MessageId]>("UPDATE messages SET arrival = 0 WHERE id = ?");
  const tells = db.sql.prepare<[number]>(
    "UPDATE accounts SET tells_moves = 1 WHERE n = ? AND tells_moves = 0",
  );

  /** `other` turned out to be the message: the row keeps its id and takes the other's place. */
  function become(messageId: MessageId, other: Known, target: FolderId, serverId: string): void {
    const references = parts.attachments.list(other.id);
    if (hasBody.get(messageId) === undefined) takeBody.run(messageId, other.id);
    takeIntents.run(messageId, other.id);
    setTruth.run(other.server_read, other.server_flagged, messageId);
    untwin.run(other.id);
    parts.writer.remove(other.id);
    setPlace.run({ folder: target, serverId, arrival: 0, id: messageId });
    if (references.length > 0) parts.attachments.save(messageId, references);
  }

  function arrived(messageId: MessageId, target: FolderId, newServerId: string | null): void {
    const twin = twinIn.get(messageId);
    const serverId = newServerId ?? twin?.server_id ?? null;
    const other = serverId === null ? undefined : byServerId.get(target, serverId);
    if (other !== undefined && serverId !== null && other.id !== messageId)
      become(messageId, other, target, serverId);
    else setPlace.run({ folder: target, serverId, arrival: PATIENCE, id: messageId });
    freeTwin(messageId);
    parts.view.project(messageId);
  }

  function leftBehind(messageId: MessageId): boolean {
    const [next] = parts.view.intentsOf(messageId);
    if (next?.kind !== "move" || next.handed === 0 || next.target_id === null) return false;
    dropIntent.run(next.id);
    arrived(messageId, next.target_id, null);
    return true;
  }

  function freeTwin(messageId: MessageId): void {
    const twin = twinIn.get(messageId);
    if (twin === undefined) return;
    untwin.run(twin.id);
    parts.view.project(twin.id);
  }

  function likenessOf(message: RemoteMessage): [number, string, string] {
    return [
      message.date ?? -1,
      (message.subject ?? "").slice(0, MAX_SUBJECT),
      (message.from?.[0]?.email ?? "").slice(0, MAX_NAME),
    ];
  }

  return {
    claim(place, message) {
      const messageId = arriving.get(place.id, ...likenessOf(message));
      if (messageId === undefined) return null;
      setPlace.run({ folder: place.id, serverId: message.serverId, arrival: PATIENCE, id: messageId });
      return messageId;
    },
    confirm(messageId, told) {
      const account = unconfirmed.get(messageId);
      if (account === undefined) return;
      confirmed.run(messageId);
      if (told) tells.run(account);
    },
    suspect: (place, message) => travelling.get(place.id, ...likenessOf(message)) ?? null,
    arrived,
    leftBehind,
    freeTwin,
    passed(folderId) {
      wait.run(folderId);
      for (const messageId of overdue.all(folderId))
        if (!leftBehind(messageId)) parts.writer.remove(messageId);
    },
  };
}

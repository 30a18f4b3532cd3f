import type { Db } from "./db/database.ts";
import { REMOVED } from "./removal.ts";

/**
 * Forgets everything a server can give again, in one transaction. Intents keep what identifies their
 * message on the server, and find it again when sync brings it. Ids of messages change.
 */
export function repair(db: Db): void {
  db.durable(() => {
    db.sql.exec(`
      DELETE FROM intents WHERE message_id IN (SELECT id FROM messages WHERE server_id IS NULL);
      UPDATE intents SET
        lost_folder_id = (SELECT server_folder_id FROM messages WHERE id = intents.message_id),
        lost_server_id = (SELECT server_id FROM messages WHERE id = intents.message_id),
        message_id = NULL
      WHERE message_id IS NOT NULL;
      INSERT INTO search (search) VALUES ('delete-all');
      DELETE FROM messages;
      DELETE FROM folders WHERE account = ${REMOVED};
      UPDATE folders SET sync_key = '0', complete = 0, stale = 1, sweeping = 1, pass = pass + 1;
      UPDATE accounts SET hierarchy_key = '0';
    `);
    for (const topic of ["folders", "drafts", "outbox"] as const) db.changes.topic(topic);
  });
}

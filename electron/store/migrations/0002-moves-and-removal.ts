/**
 * Frozen. `tells_moves`: this server has been seen to announce, by an Add, a message that we moved. Account 0
 * owns folders that are removed and whose rows are still being deleted.
 */
export const movesAndRemoval = `
ALTER TABLE accounts ADD COLUMN tells_moves INTEGER NOT NULL DEFAULT 0;
CREATE INDEX messages_arriving ON messages (server_folder_id) WHERE arrival <> 0;
INSERT INTO accounts (n, id, address, display_name, user_name, server, url, policy_key, device_id)
VALUES (0, '', '', '', '', '', '', '', '');
`;

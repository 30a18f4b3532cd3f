CREATE INDEX attachments_by_message ON attachments (message_id, position);

CREATE INDEX draft_attachments_by_draft ON draft_attachments (draft_id);

CREATE INDEX intents_by_account ON intents (account, id);

CREATE INDEX intents_by_message ON intents (message_id, id);

CREATE INDEX intents_by_target ON intents (target_id) WHERE target_id IS NOT NULL;

CREATE INDEX intents_lost ON intents (lost_folder_id, lost_server_id) WHERE lost_folder_id IS NOT NULL;

CREATE INDEX messages_arriving ON messages (server_folder_id) WHERE arrival <> 0;

CREATE UNIQUE INDEX messages_by_server_id ON messages (server_folder_id, server_id);

CREATE INDEX messages_flagged ON messages (folder_id, date DESC, id DESC) WHERE flagged = 1;

CREATE INDEX messages_listed ON messages (folder_id, date DESC, id DESC);

CREATE INDEX messages_twins ON messages (twin_of) WHERE twin_of IS NOT NULL;

CREATE INDEX messages_unread ON messages (folder_id, date DESC, id DESC) WHERE read = 0;

CREATE TABLE accounts (
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  address TEXT NOT NULL COLLATE NOCASE UNIQUE,
  display_name TEXT NOT NULL,
  user_name TEXT NOT NULL,
  server TEXT NOT NULL,
  url TEXT NOT NULL,
  protocol_version TEXT,
  policy_key TEXT NOT NULL,
  device_id TEXT NOT NULL,
  hierarchy_key TEXT NOT NULL DEFAULT '0',
  last_sync INTEGER
, tells_moves INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE attachment_chunks (
  owner INTEGER NOT NULL REFERENCES attachments (id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (owner, seq)
) STRICT;

CREATE TABLE attachments (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  file_reference TEXT NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  size INTEGER NOT NULL,
  inline INTEGER NOT NULL,
  content_id TEXT,
  stored INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE bodies (
  message_id INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  truncated INTEGER NOT NULL,
  size INTEGER NOT NULL,
  data TEXT NOT NULL
) STRICT;

CREATE TABLE body_requests (
  message_id INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
  asked_at INTEGER NOT NULL,
  failed_at INTEGER
) STRICT;

CREATE TABLE correspondents (
  account INTEGER NOT NULL REFERENCES accounts (n) ON DELETE CASCADE,
  email TEXT NOT NULL,
  name TEXT NOT NULL,
  folded TEXT NOT NULL,
  written INTEGER NOT NULL DEFAULT 0,
  seen INTEGER NOT NULL DEFAULT 0,
  last_at INTEGER NOT NULL,
  PRIMARY KEY (account, email)
) STRICT, WITHOUT ROWID;

CREATE TABLE draft_attachment_chunks (
  owner INTEGER NOT NULL REFERENCES draft_attachments (id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (owner, seq)
) STRICT;

CREATE TABLE draft_attachments (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  draft_id INTEGER NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  size INTEGER NOT NULL
) STRICT;

CREATE TABLE drafts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES accounts (n) ON DELETE CASCADE,
  mode TEXT NOT NULL,
  source_id INTEGER,
  to_json TEXT NOT NULL,
  cc_json TEXT NOT NULL,
  bcc_json TEXT NOT NULL,
  subject TEXT NOT NULL,
  html TEXT NOT NULL,
  saved_at INTEGER NOT NULL
) STRICT;

CREATE TABLE folders (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES accounts (n) ON DELETE CASCADE,
  server_id TEXT NOT NULL,
  parent_server_id TEXT NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  class TEXT NOT NULL,
  sync_key TEXT NOT NULL DEFAULT '0',
  complete INTEGER NOT NULL DEFAULT 0,
  stale INTEGER NOT NULL DEFAULT 0,
  pass INTEGER NOT NULL DEFAULT 0,
  sweeping INTEGER NOT NULL DEFAULT 0,
  total INTEGER NOT NULL DEFAULT 0,
  unread INTEGER NOT NULL DEFAULT 0,
  flagged INTEGER NOT NULL DEFAULT 0,
  UNIQUE (account, server_id)
) STRICT;

CREATE TABLE intents (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES accounts (n) ON DELETE CASCADE,
  message_id INTEGER REFERENCES messages (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('set', 'move', 'delete')),
  read INTEGER,
  flagged INTEGER,
  target_id INTEGER REFERENCES folders (id) ON DELETE CASCADE,
  handed INTEGER NOT NULL DEFAULT 0,
  lost_folder_id INTEGER REFERENCES folders (id) ON DELETE CASCADE,
  lost_server_id TEXT
) STRICT;

CREATE TABLE message_details (
  message_id INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
  to_json TEXT NOT NULL,
  cc_json TEXT NOT NULL,
  reply_to_json TEXT NOT NULL,
  message_class TEXT NOT NULL,
  importance INTEGER NOT NULL,
  conversation_id TEXT,
  meeting_json TEXT
) STRICT;

CREATE TABLE messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  folder_id INTEGER REFERENCES folders (id),
  date INTEGER NOT NULL,
  read INTEGER NOT NULL,
  flagged INTEGER NOT NULL,
  pending INTEGER NOT NULL DEFAULT 0,
  answered INTEGER NOT NULL,
  has_attachments INTEGER NOT NULL,
  invitation INTEGER NOT NULL,
  server_folder_id INTEGER NOT NULL REFERENCES folders (id) ON DELETE CASCADE,
  server_id TEXT,
  server_read INTEGER NOT NULL,
  server_flagged INTEGER NOT NULL,
  pass INTEGER NOT NULL,
  arrival INTEGER NOT NULL DEFAULT 0,
  twin_of INTEGER,
  from_name TEXT NOT NULL,
  from_email TEXT NOT NULL,
  to_text TEXT NOT NULL,
  subject TEXT NOT NULL,
  preview TEXT NOT NULL
) STRICT;

CREATE TABLE outbox (
  draft_id INTEGER PRIMARY KEY REFERENCES drafts (id) ON DELETE CASCADE,
  account INTEGER NOT NULL REFERENCES accounts (n) ON DELETE CASCADE,
  state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'failed')),
  reason TEXT,
  queued_at INTEGER NOT NULL,
  not_before INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  client_id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  source_collection TEXT,
  source_server_id TEXT,
  size INTEGER NOT NULL
) STRICT;

CREATE TABLE outbox_chunks (
  owner INTEGER NOT NULL REFERENCES outbox (draft_id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (owner, seq)
) STRICT;

CREATE VIRTUAL TABLE search USING fts5 (
  sender, recipients, subject, body, attachments,
  content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2"
);

CREATE TABLE sqlite_sequence(name,seq);

CREATE TABLE undo (
  token INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('read', 'flag', 'place')),
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE undo_items (
  token INTEGER NOT NULL REFERENCES undo (token) ON DELETE CASCADE,
  message_id INTEGER NOT NULL,
  was INTEGER NOT NULL,
  PRIMARY KEY (token, message_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER messages_counted_in AFTER INSERT ON messages WHEN NEW.folder_id IS NOT NULL
BEGIN
  UPDATE folders SET total = total + 1, unread = unread + (NEW.read = 0), flagged = flagged + NEW.flagged
  WHERE id = NEW.folder_id;
END;

CREATE TRIGGER messages_counted_out AFTER DELETE ON messages WHEN OLD.folder_id IS NOT NULL
BEGIN
  UPDATE folders SET total = total - 1, unread = unread - (OLD.read = 0), flagged = flagged - OLD.flagged
  WHERE id = OLD.folder_id;
END;

CREATE TRIGGER messages_recounted AFTER UPDATE OF folder_id, read, flagged ON messages
WHEN OLD.folder_id IS NOT NEW.folder_id OR OLD.read <> NEW.read OR OLD.flagged <> NEW.flagged
BEGIN
  UPDATE folders SET total = total - 1, unread = unread - (OLD.read = 0), flagged = flagged - OLD.flagged
  WHERE id = OLD.folder_id;
  UPDATE folders SET total = total + 1, unread = unread + (NEW.read = 0), flagged = flagged + NEW.flagged
  WHERE id = NEW.folder_id;
END;

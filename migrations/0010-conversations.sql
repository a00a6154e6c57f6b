-- Conversations with the assistant. `id` is what clients call one; `key` is its row here and in the search index.
CREATE TABLE conversations (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  titled_by TEXT NOT NULL CHECK (titled_by IN ('assistant', 'person')),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;

CREATE INDEX conversations_kept ON conversations (updated_at, key, deleted_at) WHERE deleted_at IS NULL;

-- What was said, in the order of `key`. `parts` and `metadata` are those of the AI SDK's UI messages; `text` is what
-- search looks at. `settled_parts` are those that were there before the turn at work: the stream of the turn tells the
-- rest from its beginning. A message that was said anew, or that followed one that was, stays as `superseded`.
CREATE TABLE messages (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  conversation_key INTEGER NOT NULL REFERENCES conversations (key) ON DELETE CASCADE,
  id TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('user', 'assistant')),
  state TEXT NOT NULL CHECK (state IN ('running', 'ended')),
  parts TEXT NOT NULL CHECK (json_valid(parts)),
  metadata TEXT NOT NULL CHECK (json_valid(metadata)),
  text TEXT NOT NULL,
  settled_parts INTEGER NOT NULL DEFAULT 0 CHECK (settled_parts >= 0),
  created_at INTEGER NOT NULL,
  superseded_at INTEGER
) STRICT;

CREATE UNIQUE INDEX messages_kept ON messages (conversation_key, id) WHERE superseded_at IS NULL;
CREATE INDEX messages_of_conversation ON messages (conversation_key, key);
CREATE INDEX messages_running ON messages (conversation_key) WHERE state = 'running';

-- One row for each conversation: a search for two words finds it also where they are in two messages.
CREATE VIRTUAL TABLE conversations_fts USING fts5 (
  title, text, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);

CREATE VIEW conversation_texts AS
SELECT key, title, (
  SELECT coalesce(group_concat(text, char(10)), '') FROM messages
  WHERE conversation_key = conversations.key AND superseded_at IS NULL
) AS text
FROM conversations;

CREATE TRIGGER conversations_inserted AFTER INSERT ON conversations BEGIN
  INSERT INTO conversations_fts (rowid, title, text) VALUES (new.key, new.title, '');
END;

CREATE TRIGGER conversations_titled AFTER UPDATE OF title ON conversations WHEN old.title <> new.title BEGIN
  DELETE FROM conversations_fts WHERE rowid = new.key;
  INSERT INTO conversations_fts (rowid, title, text) SELECT * FROM conversation_texts WHERE key = new.key;
END;

CREATE TRIGGER conversations_gone AFTER DELETE ON conversations BEGIN
  DELETE FROM conversations_fts WHERE rowid = old.key;
END;

CREATE TRIGGER messages_inserted AFTER INSERT ON messages WHEN new.text <> '' BEGIN
  DELETE FROM conversations_fts WHERE rowid = new.conversation_key;
  INSERT INTO conversations_fts (rowid, title, text) SELECT * FROM conversation_texts WHERE key = new.conversation_key;
END;

CREATE TRIGGER messages_changed AFTER UPDATE OF text, superseded_at ON messages
WHEN old.text <> new.text OR old.superseded_at IS NOT new.superseded_at BEGIN
  DELETE FROM conversations_fts WHERE rowid = new.conversation_key;
  INSERT INTO conversations_fts (rowid, title, text) SELECT * FROM conversation_texts WHERE key = new.conversation_key;
END;

-- What agents did: one row for each tool call that is over. What they said is not kept, only its hash.
CREATE TABLE tool_calls (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  time INTEGER NOT NULL,
  client TEXT NOT NULL,
  client_version TEXT,
  tool TEXT NOT NULL,
  arguments_sha256 TEXT NOT NULL CHECK (length(arguments_sha256) = 64),
  outcome TEXT NOT NULL CHECK (outcome IN ('completed', 'failed', 'refused')),
  error_code TEXT CHECK ((error_code IS NULL) = (outcome = 'completed')),
  duration_ms INTEGER NOT NULL CHECK (duration_ms >= 0),
  request_id TEXT
) STRICT;

CREATE INDEX tool_calls_of_client ON tool_calls (client, id);

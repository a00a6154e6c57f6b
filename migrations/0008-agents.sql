-- Who asked for a picture: `local` for the person at this machine, else a name an agent goes by.
ALTER TABLE generations ADD COLUMN client TEXT NOT NULL DEFAULT 'local';
CREATE INDEX generations_of_client ON generations (client, id, deleted_at) WHERE deleted_at IS NULL;

-- Requests that must not be carried out twice: the same key of the same client gives the same pictures.
CREATE TABLE idempotency_keys (
  client TEXT NOT NULL,
  key TEXT NOT NULL,
  arguments_sha256 TEXT NOT NULL CHECK (length(arguments_sha256) = 64),
  generations TEXT NOT NULL CHECK (json_valid(generations)),
  created_at INTEGER NOT NULL,
  PRIMARY KEY (client, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

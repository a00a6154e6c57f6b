-- What a picture looks like, in 64 bits: pictures that look much the same differ in few of them. `sequence` only ever
-- grows, so that a reader that keeps all hashes in memory reads what is new and no more. A picture that is hashed again
-- gets a new row. One without enough structure to compare has no bits.
CREATE TABLE picture_hashes (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  generation_id INTEGER NOT NULL UNIQUE REFERENCES generations (id) ON DELETE CASCADE,
  high INTEGER CHECK (high BETWEEN 0 AND 4294967295),
  low INTEGER CHECK (low BETWEEN 0 AND 4294967295),
  CHECK ((high IS NULL) = (low IS NULL))
) STRICT;

-- The pictures there are get theirs in the background.
INSERT INTO jobs (kind, payload, priority, run_at, max_attempts, unique_key, request_id, created_at)
SELECT 'hash_backlog', '{}', 100, 0, 3, 'hash_backlog', 'migration-picture-hashes', unixepoch() * 1000
WHERE EXISTS (SELECT 1 FROM generation_files WHERE role = 'thumbnail');

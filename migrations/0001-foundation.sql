-- Times are integer milliseconds since 1970. JSON columns hold the shapes of contracts/.

-- One row for every picture that was ever wanted. The id is `ms * 1024 + sequence`, so that newest first is id order.
-- The columns computed from the recipe are what lists and search look at; they cannot disagree with it.
CREATE TABLE generations (
  id INTEGER PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'completed', 'failed', 'cancelled')),
  attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  request_id TEXT NOT NULL,
  parent_id INTEGER REFERENCES generations (id) ON DELETE SET NULL,
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  finished_at INTEGER,
  deleted_at INTEGER,
  recipe TEXT NOT NULL CHECK (json_valid(recipe)),
  prompt_words TEXT CHECK (json_valid(prompt_words)),
  error TEXT CHECK (json_valid(error)),
  prompt TEXT NOT NULL GENERATED ALWAYS AS (recipe ->> '$.prompt') STORED,
  negative_prompt TEXT NOT NULL GENERATED ALWAYS AS (recipe ->> '$.negative_prompt') STORED,
  preset_id TEXT NOT NULL GENERATED ALWAYS AS (recipe ->> '$.preset.id') STORED,
  seed INTEGER NOT NULL GENERATED ALWAYS AS (recipe ->> '$.seed') STORED,
  width INTEGER NOT NULL GENERATED ALWAYS AS (recipe ->> '$.width') STORED,
  height INTEGER NOT NULL GENERATED ALWAYS AS (recipe ->> '$.height') STORED
) STRICT;

-- Lists, newest first: all, of one state, unfinished ones, and the bin.
CREATE INDEX generations_kept ON generations (id) WHERE deleted_at IS NULL;
CREATE INDEX generations_kept_by_state ON generations (state, id) WHERE deleted_at IS NULL;
CREATE INDEX generations_unfinished ON generations (id) WHERE state IN ('queued', 'running');
CREATE INDEX generations_deleted ON generations (id) WHERE deleted_at IS NOT NULL;
CREATE INDEX generations_of_parent ON generations (parent_id) WHERE parent_id IS NOT NULL;

-- The files of a picture; `path` is relative to the data folder, with forward slashes.
CREATE TABLE generation_files (
  generation_id INTEGER NOT NULL REFERENCES generations (id) ON DELETE CASCADE,
  role TEXT NOT NULL CHECK (role IN ('original', 'thumbnail', 'preview', 'init')),
  path TEXT NOT NULL,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  bytes INTEGER NOT NULL CHECK (bytes > 0),
  width INTEGER NOT NULL CHECK (width > 0),
  height INTEGER NOT NULL CHECK (height > 0),
  mime TEXT NOT NULL,
  PRIMARY KEY (generation_id, role)
) STRICT, WITHOUT ROWID;

-- Work to be done. A running job is leased: only the holder of the token may report about it, until the lease expires.
CREATE TABLE jobs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'completed', 'failed', 'cancelled')),
  priority INTEGER NOT NULL,
  run_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  max_attempts INTEGER NOT NULL CHECK (max_attempts > 0),
  lease_token TEXT,
  lease_until INTEGER,
  unique_key TEXT,
  request_id TEXT NOT NULL,
  generation_id INTEGER REFERENCES generations (id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  finished_at INTEGER,
  payload TEXT NOT NULL CHECK (json_valid(payload)),
  progress TEXT CHECK (json_valid(progress)),
  error TEXT CHECK (json_valid(error)),
  CHECK ((state = 'running') = (lease_token IS NOT NULL)),
  CHECK ((state = 'running') = (lease_until IS NOT NULL)),
  CHECK ((state IN ('completed', 'failed', 'cancelled')) = (finished_at IS NOT NULL))
) STRICT;

-- The order of work; kind and generation ride along so that claiming and queue positions never touch the table.
CREATE INDEX jobs_waiting ON jobs (priority, run_at, id, kind, generation_id) WHERE state = 'queued';
CREATE INDEX jobs_leased ON jobs (lease_until) WHERE state = 'running';
CREATE INDEX jobs_finished ON jobs (finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX jobs_by_kind ON jobs (kind, state);
CREATE INDEX jobs_of_generation ON jobs (generation_id) WHERE generation_id IS NOT NULL;
CREATE UNIQUE INDEX jobs_unique ON jobs (unique_key) WHERE unique_key IS NOT NULL AND state IN ('queued', 'running');

-- What happened, for people and for resuming the event stream: ids only ever grow.
CREATE TABLE events (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  time INTEGER NOT NULL,
  type TEXT NOT NULL,
  request_id TEXT,
  generation_id INTEGER,
  message TEXT NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;

CREATE INDEX events_of_request ON events (request_id, id) WHERE request_id IS NOT NULL;

-- Presets people made; the built-in ones come with their models.
CREATE TABLE image_presets (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  family TEXT NOT NULL,
  files TEXT NOT NULL CHECK (json_valid(files)),
  defaults TEXT NOT NULL CHECK (json_valid(defaults)),
  placement TEXT NOT NULL CHECK (json_valid(placement)),
  max_side INTEGER NOT NULL CHECK (max_side > 0),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Pictures people uploaded to start from, known by their content.
CREATE TABLE uploaded_pictures (
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
  width INTEGER NOT NULL CHECK (width > 0),
  height INTEGER NOT NULL CHECK (height > 0),
  bytes INTEGER NOT NULL CHECK (bytes > 0),
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Remembers the sha256 of large files for as long as their size and time of change stay the same.
CREATE TABLE file_hashes (
  path TEXT PRIMARY KEY,
  bytes INTEGER NOT NULL,
  mtime_ms INTEGER NOT NULL,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64)
) STRICT, WITHOUT ROWID;

-- Signed-in browsers. Only the sha256 of the secret is kept, so that a copy of this file signs nobody in.
CREATE TABLE browser_sessions (
  secret_sha256 TEXT PRIMARY KEY CHECK (length(secret_sha256) = 64),
  created_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Pictures taken in from a folder or from uploaded files. The counts are those of the attempt that is under way.
CREATE TABLE imports (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source TEXT NOT NULL CHECK (source IN ('folder', 'upload')),
  folder TEXT CHECK ((source = 'folder') = (folder IS NOT NULL)),
  state TEXT NOT NULL CHECK (state IN ('receiving', 'queued', 'running', 'completed', 'failed', 'cancelled')),
  job_id INTEGER REFERENCES jobs (id) ON DELETE SET NULL,
  received INTEGER NOT NULL DEFAULT 0,
  total INTEGER,
  imported INTEGER NOT NULL DEFAULT 0,
  duplicates INTEGER NOT NULL DEFAULT 0,
  skipped INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0,
  without_recipe INTEGER NOT NULL DEFAULT 0,
  error TEXT CHECK (json_valid(error)),
  request_id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  finished_at INTEGER
) STRICT;

CREATE INDEX imports_unfinished ON imports (state) WHERE finished_at IS NULL;

-- Uploaded files that wait to be taken in; they lie in imports/<import>/<position> of the data folder.
CREATE TABLE import_uploads (
  import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  modified_at INTEGER NOT NULL,
  PRIMARY KEY (import_id, position)
) STRICT, WITHOUT ROWID;

-- What an import has taken in, so that one that is taken up again knows its own pictures.
CREATE TABLE import_pictures (
  import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  generation_id INTEGER NOT NULL REFERENCES generations (id) ON DELETE CASCADE,
  has_recipe INTEGER NOT NULL CHECK (has_recipe IN (0, 1)),
  PRIMARY KEY (import_id, path)
) STRICT, WITHOUT ROWID;

CREATE INDEX import_pictures_by_generation ON import_pictures (generation_id);

-- The files it could not take in, the first ten thousand of them.
CREATE TABLE import_problems (
  import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  path TEXT NOT NULL,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  PRIMARY KEY (import_id, position)
) STRICT, WITHOUT ROWID;

-- Whether a picture is there already, byte by byte.
CREATE INDEX originals_by_content ON generation_files (sha256) WHERE role = 'original';

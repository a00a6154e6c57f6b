-- Styles can be told apart by category, found by their words, deleted and brought back; a name is taken only by those
-- that are there. `origin` is the key of the one of the product's library it came from, be it changed by a person since.
CREATE TABLE styles_with_origin (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  normalized_name TEXT NOT NULL CHECK (normalized_name <> ''),
  description TEXT NOT NULL DEFAULT '',
  category TEXT NOT NULL DEFAULT '',
  prompt_template TEXT NOT NULL,
  negative_prompt TEXT NOT NULL DEFAULT '',
  parameters TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(parameters)),
  source TEXT NOT NULL CHECK (source IN ('built_in', 'own')),
  origin TEXT UNIQUE,
  search_text TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER,
  CHECK (source = 'own' OR origin IS NOT NULL)
) STRICT;

INSERT INTO styles_with_origin (id, name, normalized_name, description, prompt_template, negative_prompt, parameters,
  source, search_text, created_at, updated_at)
SELECT id, name, normalized_name, description, prompt_template, negative_prompt, parameters,
  'own', normalized_name, created_at, updated_at
FROM styles;

DROP TABLE styles;
ALTER TABLE styles_with_origin RENAME TO styles;

CREATE UNIQUE INDEX styles_by_name ON styles (normalized_name) WHERE deleted_at IS NULL;

-- A small picture in each style. It goes when what it was made with changes.
CREATE TABLE style_previews (
  style_id INTEGER PRIMARY KEY REFERENCES styles (id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

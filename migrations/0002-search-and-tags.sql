-- What people say about a picture. A rating of 0 is one that was given; null is none.
ALTER TABLE generations ADD COLUMN rating INTEGER CHECK (rating BETWEEN 0 AND 5);
ALTER TABLE generations ADD COLUMN favorite INTEGER NOT NULL DEFAULT 0 CHECK (favorite IN (0, 1));
ALTER TABLE generations ADD COLUMN notes TEXT NOT NULL DEFAULT '';

-- With the column of their condition in them, these indexes answer without the rows: counts take milliseconds.
DROP INDEX generations_kept;
DROP INDEX generations_kept_by_state;
CREATE INDEX generations_kept ON generations (id, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX generations_kept_by_state ON generations (state, id, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX generations_by_seed ON generations (seed, id) WHERE deleted_at IS NULL;

-- Every longer side a picture ever had, rounded down to a multiple of 8, so that a search for sizes knows which there are.
CREATE TABLE picture_sides (pixels INTEGER PRIMARY KEY) STRICT;

-- How many pictures outside the bin were made with a preset; triggers keep it.
CREATE TABLE preset_uses (
  preset_id TEXT PRIMARY KEY,
  uses INTEGER NOT NULL CHECK (uses >= 0)
) STRICT, WITHOUT ROWID;

-- A tag's name as people wrote it, and the one form of it that decides whether two are the same.
-- `uses` counts the pictures outside the bin that have it; triggers keep it.
CREATE TABLE tags (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  normalized_name TEXT NOT NULL UNIQUE CHECK (normalized_name <> ''),
  uses INTEGER NOT NULL DEFAULT 0 CHECK (uses >= 0),
  created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX tags_by_uses ON tags (uses);

-- Other names of a tag. An alias names a tag and never an alias, so there are no cycles.
CREATE TABLE tag_aliases (
  normalized_alias TEXT PRIMARY KEY CHECK (normalized_alias <> ''),
  alias TEXT NOT NULL,
  tag_id INTEGER NOT NULL REFERENCES tags (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX tag_aliases_of_tag ON tag_aliases (tag_id);

-- Who gave a picture its tag, and how sure that is where it was not a person.
CREATE TABLE generation_tags (
  generation_id INTEGER NOT NULL REFERENCES generations (id) ON DELETE CASCADE,
  tag_id INTEGER NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
  source TEXT NOT NULL CHECK (source IN ('user', 'prompt_auto', 'vision_auto')),
  confidence REAL CHECK (confidence BETWEEN 0 AND 1),
  PRIMARY KEY (generation_id, tag_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX generation_tags_by_tag ON generation_tags (tag_id, generation_id);

-- Pictures people put together.
CREATE TABLE collections (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  normalized_name TEXT NOT NULL UNIQUE CHECK (normalized_name <> ''),
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE collection_members (
  collection_id INTEGER NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
  generation_id INTEGER NOT NULL REFERENCES generations (id) ON DELETE CASCADE,
  added_at INTEGER NOT NULL,
  PRIMARY KEY (collection_id, generation_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX collection_members_by_generation ON collection_members (generation_id, collection_id);

-- Ways to draw: a template around the prompt, and settings that suit it.
CREATE TABLE styles (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  normalized_name TEXT NOT NULL UNIQUE CHECK (normalized_name <> ''),
  description TEXT NOT NULL DEFAULT '',
  prompt_template TEXT NOT NULL,
  negative_prompt TEXT NOT NULL DEFAULT '',
  parameters TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(parameters)),
  source TEXT NOT NULL CHECK (source IN ('built_in', 'own')),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

-- What search looks at, one row for each picture outside the bin; the text itself stays in its tables.
-- `marks` holds what is no text but is searched together with it: e every picture, f a favorite, 0 to 5 its rating,
-- l, p or s its shape, its size such as 512x768, w with its longer side rounded down to a multiple of 8, q with the id
-- of its preset in one word, and t with the id of each of its tags. So every filter but seeds, times and states is a word, and finds its pictures newest first.
CREATE VIRTUAL TABLE generations_fts USING fts5 (
  prompt, negative_prompt, notes, tags, preset, style, marks,
  content = '', contentless_delete = 1, prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2'
);

-- Every word that can be found, for spelling.
CREATE VIRTUAL TABLE generations_vocabulary USING fts5vocab (generations_fts, row);

CREATE VIEW generation_texts AS
SELECT
  id,
  prompt,
  negative_prompt,
  notes,
  (
    SELECT coalesce(group_concat(tags.name, ' '), '')
    FROM generation_tags JOIN tags ON tags.id = generation_tags.tag_id
    WHERE generation_tags.generation_id = generations.id
  ) AS tags,
  preset_id || ' ' || coalesce(recipe ->> '$.preset.name', '') AS preset,
  coalesce(recipe ->> '$.style', '') AS style,
  'e' || iif(favorite, ' f', '') || coalesce(' ' || rating, '')
    || CASE WHEN width > height THEN ' l ' WHEN width < height THEN ' p ' ELSE ' s ' END
    || width || 'x' || height || ' w' || (max(width, height) / 8 * 8)
    || ' q' || replace(preset_id, '-', 'ж') || (
      SELECT coalesce(group_concat(' t' || tag_id, ''), '')
      FROM generation_tags WHERE generation_tags.generation_id = generations.id
    ) AS marks
FROM generations
WHERE deleted_at IS NULL;

-- Keeping it in step. A change is a DELETE and an INSERT, because what happens on a conflict inside a trigger is up to
-- the statement that set it off.
CREATE TRIGGER generations_inserted AFTER INSERT ON generations BEGIN
  INSERT INTO generations_fts (rowid, prompt, negative_prompt, notes, tags, preset, style, marks)
  SELECT * FROM generation_texts WHERE id = new.id;
END;

CREATE TRIGGER generations_changed AFTER UPDATE OF recipe, notes, rating, favorite, deleted_at ON generations
WHEN (old.prompt, old.negative_prompt, old.preset_id, old.width, old.height, old.notes, old.rating, old.favorite, old.deleted_at)
  IS NOT (new.prompt, new.negative_prompt, new.preset_id, new.width, new.height, new.notes, new.rating, new.favorite, new.deleted_at)
  OR old.recipe ->> '$.style' IS NOT new.recipe ->> '$.style'
  OR old.recipe ->> '$.preset.name' IS NOT new.recipe ->> '$.preset.name'
BEGIN
  DELETE FROM generations_fts WHERE rowid = new.id;
  INSERT INTO generations_fts (rowid, prompt, negative_prompt, notes, tags, preset, style, marks)
  SELECT * FROM generation_texts WHERE id = new.id;
END;

CREATE TRIGGER side_inserted AFTER INSERT ON generations
WHEN NOT EXISTS (SELECT 1 FROM picture_sides WHERE pixels = max(new.width, new.height) / 8 * 8) BEGIN
  INSERT INTO picture_sides (pixels) VALUES (max(new.width, new.height) / 8 * 8);
END;

CREATE TRIGGER side_changed AFTER UPDATE OF recipe ON generations
WHEN NOT EXISTS (SELECT 1 FROM picture_sides WHERE pixels = max(new.width, new.height) / 8 * 8) BEGIN
  INSERT INTO picture_sides (pixels) VALUES (max(new.width, new.height) / 8 * 8);
END;

CREATE TRIGGER preset_used AFTER INSERT ON generations WHEN new.deleted_at IS NULL BEGIN
  INSERT INTO preset_uses (preset_id, uses) VALUES (new.preset_id, 1)
  ON CONFLICT (preset_id) DO UPDATE SET uses = uses + 1;
END;

CREATE TRIGGER preset_unused AFTER DELETE ON generations WHEN old.deleted_at IS NULL BEGIN
  UPDATE preset_uses SET uses = uses - 1 WHERE preset_id = old.preset_id;
END;

CREATE TRIGGER preset_changed AFTER UPDATE OF recipe, deleted_at ON generations
WHEN (old.preset_id, old.deleted_at IS NULL) IS NOT (new.preset_id, new.deleted_at IS NULL) BEGIN
  UPDATE preset_uses SET uses = uses - 1 WHERE preset_id = old.preset_id AND old.deleted_at IS NULL;
  INSERT INTO preset_uses (preset_id, uses) SELECT new.preset_id, 1 WHERE new.deleted_at IS NULL
  ON CONFLICT (preset_id) DO UPDATE SET uses = uses + 1;
END;

CREATE TRIGGER generations_binned AFTER UPDATE OF deleted_at ON generations
WHEN (old.deleted_at IS NULL) <> (new.deleted_at IS NULL) BEGIN
  UPDATE tags SET uses = uses + iif(new.deleted_at IS NULL, 1, -1)
  WHERE id IN (SELECT tag_id FROM generation_tags WHERE generation_id = new.id);
END;

-- Before the picture goes, so that its tags are still counted off.
CREATE TRIGGER generations_deleting BEFORE DELETE ON generations BEGIN
  DELETE FROM generation_tags WHERE generation_id = old.id;
END;

CREATE TRIGGER generations_gone AFTER DELETE ON generations BEGIN
  DELETE FROM generations_fts WHERE rowid = old.id;
END;

CREATE TRIGGER generation_tags_inserted AFTER INSERT ON generation_tags
WHEN EXISTS (SELECT 1 FROM generations WHERE id = new.generation_id AND deleted_at IS NULL) BEGIN
  UPDATE tags SET uses = uses + 1 WHERE id = new.tag_id;
  DELETE FROM generations_fts WHERE rowid = new.generation_id;
  INSERT INTO generations_fts (rowid, prompt, negative_prompt, notes, tags, preset, style, marks)
  SELECT * FROM generation_texts WHERE id = new.generation_id;
END;

CREATE TRIGGER generation_tags_deleted AFTER DELETE ON generation_tags
WHEN EXISTS (SELECT 1 FROM generations WHERE id = old.generation_id AND deleted_at IS NULL) BEGIN
  UPDATE tags SET uses = uses - 1 WHERE id = old.tag_id;
  DELETE FROM generations_fts WHERE rowid = old.generation_id;
  INSERT INTO generations_fts (rowid, prompt, negative_prompt, notes, tags, preset, style, marks)
  SELECT * FROM generation_texts WHERE id = old.generation_id;
END;

CREATE TRIGGER tags_renamed AFTER UPDATE OF name ON tags WHEN old.name IS NOT new.name BEGIN
  DELETE FROM generations_fts WHERE rowid IN (SELECT generation_id FROM generation_tags WHERE tag_id = new.id);
  INSERT INTO generations_fts (rowid, prompt, negative_prompt, notes, tags, preset, style, marks)
  SELECT * FROM generation_texts WHERE id IN (SELECT generation_id FROM generation_tags WHERE tag_id = new.id);
END;

-- The pictures there already are.
INSERT INTO generations_fts (rowid, prompt, negative_prompt, notes, tags, preset, style, marks)
SELECT * FROM generation_texts;

INSERT INTO preset_uses (preset_id, uses)
SELECT preset_id, count(*) FROM generations WHERE deleted_at IS NULL GROUP BY preset_id;

INSERT INTO picture_sides (pixels) SELECT DISTINCT max(width, height) / 8 * 8 FROM generations;

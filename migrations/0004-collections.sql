-- How many pictures outside the bin a collection has; triggers keep it. There was no way to make a collection before,
-- so there is nothing to count or to index anew.
ALTER TABLE collections ADD COLUMN pictures INTEGER NOT NULL DEFAULT 0 CHECK (pictures >= 0);

-- What search looks at, with one more mark: c with the id of each collection the picture lies in.
DROP VIEW generation_texts;
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
    ) || (
      SELECT coalesce(group_concat(' c' || collection_id, ''), '')
      FROM collection_members WHERE collection_members.generation_id = generations.id
    ) AS marks
FROM generations
WHERE deleted_at IS NULL;

CREATE TRIGGER collection_members_inserted AFTER INSERT ON collection_members
WHEN EXISTS (SELECT 1 FROM generations WHERE id = new.generation_id AND deleted_at IS NULL) BEGIN
  UPDATE collections SET pictures = pictures + 1 WHERE id = new.collection_id;
  DELETE FROM generations_fts WHERE rowid = new.generation_id;
  INSERT INTO generations_fts (rowid, prompt, negative_prompt, notes, tags, preset, style, marks)
  SELECT * FROM generation_texts WHERE id = new.generation_id;
END;

CREATE TRIGGER collection_members_deleted AFTER DELETE ON collection_members
WHEN EXISTS (SELECT 1 FROM generations WHERE id = old.generation_id AND deleted_at IS NULL) BEGIN
  UPDATE collections SET pictures = pictures - 1 WHERE id = old.collection_id;
  DELETE FROM generations_fts WHERE rowid = old.generation_id;
  INSERT INTO generations_fts (rowid, prompt, negative_prompt, notes, tags, preset, style, marks)
  SELECT * FROM generation_texts WHERE id = old.generation_id;
END;

CREATE TRIGGER collected_binned AFTER UPDATE OF deleted_at ON generations
WHEN (old.deleted_at IS NULL) <> (new.deleted_at IS NULL) BEGIN
  UPDATE collections SET pictures = pictures + iif(new.deleted_at IS NULL, 1, -1)
  WHERE id IN (SELECT collection_id FROM collection_members WHERE generation_id = new.id);
END;

-- Before the picture goes, so that its collections still count it off.
CREATE TRIGGER collected_deleting BEFORE DELETE ON generations BEGIN
  DELETE FROM collection_members WHERE generation_id = old.id;
END;

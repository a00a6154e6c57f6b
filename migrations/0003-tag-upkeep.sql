-- A tag of a hundred thousand pictures is renamed and merged bit by bit: its name changes at once, and its pictures follow.

-- What the tag of a row becomes: its pictures move there, and then the row goes. It cannot be found by name any more.
ALTER TABLE tags ADD COLUMN merged_into INTEGER REFERENCES tags (id);

CREATE INDEX tags_merging ON tags (merged_into) WHERE merged_into IS NOT NULL;

-- The pictures of a renamed tag are indexed anew by the program, some at a time.
DROP TRIGGER tags_renamed;

-- A picture may be made with a mask and with a control picture; like the one it started from, their files belong to an upload
-- or to another picture.
CREATE TABLE generation_files_with_roles (
  generation_id INTEGER NOT NULL REFERENCES generations (id) ON DELETE CASCADE,
  role TEXT NOT NULL CHECK (role IN ('original', 'thumbnail', 'preview', 'init', 'mask', 'control')),
  path TEXT NOT NULL,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  bytes INTEGER NOT NULL CHECK (bytes > 0),
  width INTEGER NOT NULL CHECK (width > 0),
  height INTEGER NOT NULL CHECK (height > 0),
  mime TEXT NOT NULL,
  PRIMARY KEY (generation_id, role)
) STRICT, WITHOUT ROWID;

INSERT INTO generation_files_with_roles
  (generation_id, role, path, sha256, bytes, width, height, mime)
SELECT generation_id, role, path, sha256, bytes, width, height, mime
FROM generation_files ORDER BY generation_id, role;

DROP TABLE generation_files;
ALTER TABLE generation_files_with_roles RENAME TO generation_files;

CREATE INDEX originals_by_content ON generation_files (sha256) WHERE role = 'original';

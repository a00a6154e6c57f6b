-- How each picture was made to fit into memory; null for pictures from before, and imported ones.
ALTER TABLE generations ADD COLUMN memory_plan TEXT CHECK (json_valid(memory_plan));

-- What runs were expected to take, and took: the next expectation goes by them. Bytes.
CREATE TABLE memory_observations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  time INTEGER NOT NULL,
  engine TEXT NOT NULL,
  device TEXT NOT NULL,
  model TEXT NOT NULL,
  width INTEGER NOT NULL CHECK (width > 0),
  height INTEGER NOT NULL CHECK (height > 0),
  from_picture INTEGER NOT NULL CHECK (from_picture IN (0, 1)),
  layout TEXT NOT NULL,
  raw_bytes INTEGER NOT NULL CHECK (raw_bytes > 0),
  predicted_bytes INTEGER NOT NULL CHECK (predicted_bytes > 0),
  actual_bytes INTEGER NOT NULL CHECK (actual_bytes > 0)
) STRICT;

CREATE INDEX memory_observations_of_engine ON memory_observations (engine, device, id);

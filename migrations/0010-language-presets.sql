-- Language models people added; the built-in one comes with the product and is in use while none of these is chosen.
CREATE TABLE llm_presets (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('gguf', 'remote')),
  file TEXT CHECK ((file IS NOT NULL) = (kind = 'gguf')),
  url TEXT CHECK ((url IS NOT NULL) = (kind = 'remote')),
  model TEXT CHECK ((model IS NOT NULL) = (kind = 'remote')),
  api_key TEXT CHECK (api_key IS NULL OR kind = 'remote'),
  settings TEXT NOT NULL CHECK (json_valid(settings)),
  chosen INTEGER NOT NULL DEFAULT 0 CHECK (chosen IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- At most one is in use.
CREATE UNIQUE INDEX llm_presets_chosen ON llm_presets (chosen) WHERE chosen = 1;

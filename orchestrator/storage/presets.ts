import type { Preset } from '../../contracts/entities/preset.ts'
import {
  readAll,
  readOne,
  write,
  writeExactlyOne,
  type ReadableDatabase,
  type WritableDatabase,
} from './connection.ts'

/** A preset as it is stored: without what is found out about its files each time. */
export type StoredPreset = Pick<
  Preset,
  'id' | 'name' | 'description' | 'family' | 'files' | 'defaults' | 'placement' | 'max_side'
>

/** A preset with its JSON still as text. */
type PresetRow = Omit<StoredPreset, 'files' | 'defaults' | 'placement'> & {
  readonly files: string
  readonly defaults: string
  readonly placement: string
}

const columns = 'id, name, description, family, files, defaults, placement, max_side'

/** Every preset people made, by name. */
export function listPresets(database: ReadableDatabase): StoredPreset[] {
  return readAll<PresetRow>(database, `SELECT ${columns} FROM image_presets ORDER BY name, id`).map(parse)
}

/** One preset; null where there is none. */
export function getPreset(database: ReadableDatabase, id: string): StoredPreset | null {
  const row = readOne<PresetRow>(database, `SELECT ${columns} FROM image_presets WHERE id = :id`, { id })
  return row === null ? null : parse(row)
}

/** Adds a preset, or replaces the one with the same id. */
export function savePreset(database: WritableDatabase, preset: StoredPreset, now: number): void {
  writeExactlyOne(
    database,
    `INSERT INTO image_presets (${columns}, created_at, updated_at)
     VALUES (:id, :name, :description, :family, :files, :defaults, :placement, :max_side, :now, :now)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, description = excluded.description,
       family = excluded.family, files = excluded.files, defaults = excluded.defaults,
       placement = excluded.placement, max_side = excluded.max_side, updated_at = excluded.updated_at`,
    {
      id: preset.id,
      name: preset.name,
      description: preset.description,
      family: preset.family,
      files: JSON.stringify(preset.files),
      defaults: JSON.stringify(preset.defaults),
      placement: JSON.stringify(preset.placement),
      max_side: preset.max_side,
      now,
    },
  )
}

/** Removes a preset; whether there was one. */
export function deletePreset(database: WritableDatabase, id: string): boolean {
  return write(database, 'DELETE FROM image_presets WHERE id = :id', { id }) === 1
}

function parse(row: PresetRow): StoredPreset {
  return {
    ...row,
    files: JSON.parse(row.files) as Preset['files'],
    defaults: JSON.parse(row.defaults) as Preset['defaults'],
    placement: JSON.parse(row.placement) as Preset['placement'],
  }
}

import type { LanguageSettings } from '../../contracts/entities/language-preset.ts'
import {
  readAll,
  readOne,
  transaction,
  write,
  writeExactlyOne,
  type ReadableDatabase,
  type WritableDatabase,
} from './connection.ts'

/** Where a stored language model comes from; the key is nobody's business but the server's it is for. */
export type StoredLanguageSource =
  | { readonly kind: 'gguf'; readonly file: string }
  | { readonly kind: 'remote'; readonly url: string; readonly model: string; readonly api_key: string | null }

/** A language model a person added. */
export interface StoredLanguagePreset {
  readonly id: string
  readonly name: string
  readonly source: StoredLanguageSource
  readonly settings: LanguageSettings
  readonly chosen: boolean
}

interface LanguagePresetRow {
  readonly id: string
  readonly name: string
  readonly kind: 'gguf' | 'remote'
  readonly file: string
  readonly url: string
  readonly model: string
  readonly api_key: string | null
  readonly settings: string
  readonly chosen: number
}

const columns = 'id, name, kind, file, url, model, api_key, settings'

/** Every language model people added, by name. */
export function listLanguagePresets(database: ReadableDatabase): StoredLanguagePreset[] {
  const statement = `SELECT ${columns}, chosen FROM llm_presets ORDER BY name, id`
  return readAll<LanguagePresetRow>(database, statement).map(parse)
}

/** One of them; null where there is none. */
export function getLanguagePreset(database: ReadableDatabase, id: string): StoredLanguagePreset | null {
  const statement = `SELECT ${columns}, chosen FROM llm_presets WHERE id = :id`
  const row = readOne<LanguagePresetRow>(database, statement, { id })
  return row === null ? null : parse(row)
}

/** Adds one, or replaces the one with the same id, which stays chosen if it was. */
export function saveLanguagePreset(
  database: WritableDatabase,
  { id, name, source, settings }: Omit<StoredLanguagePreset, 'chosen'>,
  now: number,
): void {
  writeExactlyOne(
    database,
    `INSERT INTO llm_presets (${columns}, created_at, updated_at)
     VALUES (:id, :name, :kind, :file, :url, :model, :api_key, :settings, :now, :now)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, file = excluded.file,
       url = excluded.url, model = excluded.model, api_key = excluded.api_key, settings = excluded.settings,
       updated_at = excluded.updated_at`,
    {
      id,
      name,
      file: null,
      url: null,
      model: null,
      api_key: null,
      ...source,
      settings: JSON.stringify(settings),
      now,
    },
  )
}

/** Removes one; whether there was one. */
export function deleteLanguagePreset(database: WritableDatabase, id: string): boolean {
  return write(database, 'DELETE FROM llm_presets WHERE id = :id', { id }) === 1
}

/** Puts one in use in place of the one that was; null puts the built-in one in use. */
export function chooseLanguagePreset(database: WritableDatabase, id: string | null): void {
  transaction(database, () => {
    write(database, 'UPDATE llm_presets SET chosen = 0 WHERE chosen = 1')
    if (id !== null) writeExactlyOne(database, 'UPDATE llm_presets SET chosen = 1 WHERE id = :id', { id })
  })
}

function parse(row: LanguagePresetRow): StoredLanguagePreset {
  const { id, name, kind, file, url, model, api_key } = row
  return {
    id,
    name,
    source: kind === 'gguf' ? { kind, file } : { kind, url, model, api_key },
    settings: JSON.parse(row.settings) as LanguageSettings,
    chosen: row.chosen === 1,
  }
}

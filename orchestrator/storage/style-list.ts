import { readAll, readOne, type ReadableDatabase } from './connection.ts'
import { normalizeStyleName, toWords } from './style-name.ts'
import {
  parseStyleRow,
  styleColumns,
  stylesWithPreviews,
  type StoredStyleRow,
  type StyleRow,
} from './style-row.ts'

/** What to list: styles with all these words in them, after the one that is the cursor. */
export interface StyleQuery {
  readonly query: string
  readonly cursor: number | null
  readonly limit: number
}

/** The statement behind `listStyles`. */
export const listStatement = `SELECT ${styleColumns} FROM ${stylesWithPreviews}
  WHERE deleted_at IS NULL
    AND (:cursor IS NULL
      OR (normalized_name, styles.id) > (SELECT normalized_name, id FROM styles WHERE id = :cursor))
    AND NOT EXISTS (SELECT 1 FROM json_each(:words) WHERE instr(search_text, value) = 0)
  ORDER BY normalized_name, styles.id LIMIT :limit`

/** Lists styles by name, without those that were deleted. */
export function listStyles(database: ReadableDatabase, { query, cursor, limit }: StyleQuery): StyleRow[] {
  const parameters = { words: JSON.stringify(toWords(query)), cursor, limit }
  return readAll<StoredStyleRow>(database, listStatement, parameters).map(parseStyleRow)
}

/** One style, be it deleted or not; null where there is none. */
export function getStyle(database: ReadableDatabase, id: number): StyleRow | null {
  const sql = `SELECT ${styleColumns} FROM ${stylesWithPreviews} WHERE styles.id = :id`
  return parseOrNull(readOne<StoredStyleRow>(database, sql, { id }))
}

/** The style that has this very name, as far as names differ; null where there is none. */
export function findStyleByName(database: ReadableDatabase, name: string): StyleRow | null {
  const sql = `SELECT ${styleColumns} FROM ${stylesWithPreviews}
    WHERE normalized_name = :name AND deleted_at IS NULL`
  return parseOrNull(readOne<StoredStyleRow>(database, sql, { name: normalizeStyleName(name) }))
}

/** The names of all styles, as they are shown and as they compare. */
export function styleNames(database: ReadableDatabase): { name: string; normalized_name: string }[] {
  return readAll(
    database,
    'SELECT name, normalized_name FROM styles WHERE deleted_at IS NULL ORDER BY normalized_name',
  )
}

/** The styles that came from the product's library, those a person changed or deleted among them. */
export function stylesOfLibrary(database: ReadableDatabase): StyleRow[] {
  const sql = `SELECT ${styleColumns} FROM ${stylesWithPreviews} WHERE origin IS NOT NULL`
  return readAll<StoredStyleRow>(database, sql).map(parseStyleRow)
}

/** Which of these normalized tag names are names of styles. */
export function knownStyleNames(database: ReadableDatabase, names: readonly string[]): Set<string> {
  const sql = `SELECT value AS name FROM json_each(:names)
    WHERE value IN (SELECT normalized_name FROM styles WHERE deleted_at IS NULL)`
  const rows = readAll<{ name: string }>(database, sql, { names: JSON.stringify(names) })
  return new Set(rows.map(({ name }) => name))
}

/** How many styles there are. */
export function countStyles(database: ReadableDatabase): number {
  const sql = 'SELECT count(*) AS count FROM styles WHERE deleted_at IS NULL'
  return readOne<{ count: number }>(database, sql)?.count ?? 0
}

function parseOrNull(row: StoredStyleRow | null): StyleRow | null {
  return row === null ? null : parseStyleRow(row)
}

import { readAll, readOne, type ReadableDatabase } from './connection.ts'
import { normalizeTagName } from './tag-name.ts'

/** A tag as it is stored. */
export interface TagRow {
  readonly id: number
  /** As people wrote it. */
  readonly name: string
  /** How many pictures outside the bin have it. */
  readonly uses: number
}

/** The tag of this name or alias; null where there is none. */
export function findTag(database: ReadableDatabase, name: string): TagRow | null {
  const sql = `SELECT id, name, uses FROM tags WHERE normalized_name = :name
    UNION ALL
    SELECT tags.id, tags.name, tags.uses FROM tag_aliases JOIN tags ON tags.id = tag_id
    WHERE normalized_alias = :name
    LIMIT 1`
  return readOne<TagRow>(database, sql, { name: normalizeTagName(name) })
}

/** The tags whose pictures are on their way to this one. */
export function mergingTags(database: ReadableDatabase, id: number): number[] {
  const sql = 'SELECT id FROM tags WHERE merged_into = :id'
  return readAll<{ id: number }>(database, sql, { id }).map((row) => row.id)
}

/** Every name of a tag: its own first, then its aliases. */
export function namesOfTag(database: ReadableDatabase, id: number): string[] {
  const sql = `SELECT name FROM tags WHERE id = :id
    UNION ALL
    SELECT alias FROM tag_aliases WHERE tag_id = :id`
  return readAll<{ name: string }>(database, sql, { id }).map(({ name }) => name)
}

/**
 * The tags whose name or alias begins like this, most used first; all of them for an empty beginning.
 *
 * @param limit how many at most
 */
export function tagsBeginning(database: ReadableDatabase, beginning: string, limit: number): TagRow[] {
  const start = normalizeTagName(beginning)
  if (start === '') {
    const mostUsed =
      'SELECT id, name, uses FROM tags WHERE merged_into IS NULL ORDER BY uses DESC, id LIMIT :limit'
    return readAll<TagRow>(database, mostUsed, { limit })
  }
  // The end of the range is the largest there is: no name has this code point in it.
  const sql = `SELECT id, name, uses FROM tags WHERE id IN (
      SELECT id FROM tags WHERE normalized_name >= :start AND normalized_name < :end
      UNION
      SELECT tag_id FROM tag_aliases WHERE normalized_alias >= :start AND normalized_alias < :end
    ) ORDER BY uses DESC, name LIMIT :limit`
  return readAll<TagRow>(database, sql, { start, end: `${start}\u{10FFFF}`, limit })
}

/** Which of these normalized names a tag has, as its name or an alias. */
export function knownTagNames(database: ReadableDatabase, normalizedNames: readonly string[]): Set<string> {
  const sql = `SELECT value AS name FROM json_each(:names)
    WHERE value IN (SELECT normalized_name FROM tags) OR value IN (SELECT normalized_alias FROM tag_aliases)`
  const rows = readAll<{ name: string }>(database, sql, { names: JSON.stringify(normalizedNames) })
  return new Set(rows.map(({ name }) => name))
}

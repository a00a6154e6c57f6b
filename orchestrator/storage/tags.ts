import {
  readAll,
  transaction,
  write,
  writeExactlyOne,
  type ReadableDatabase,
  type WritableDatabase,
} from './connection.ts'
import { findTag, type TagRow } from './tag-lookup.ts'
import { normalizeTagName, tidyTagName } from './tag-name.ts'

/*
 * Tags and their other names. A normalized name belongs to one tag, be it as its name or as an alias. What search finds
 * follows by triggers.
 */

/** The tag of this name or alias; a new one where there is none. The name must have something to see in it. */
export function ensureTag(database: WritableDatabase, name: string, now: number): TagRow {
  const existing = findTag(database, name)
  if (existing !== null) return existing
  writeExactlyOne(
    database,
    'INSERT INTO tags (name, normalized_name, created_at) VALUES (:name, :normalized, :now)',
    { name: tidyTagName(name), normalized: normalizeTagName(name), now },
  )
  return required(findTag(database, name))
}

/** Renames a tag; false where the name belongs to another one. An alias of its own becomes its name. */
export function renameTag(database: WritableDatabase, id: number, name: string): boolean {
  return transaction(database, () => {
    const holder = findTag(database, name)
    if (holder !== null && holder.id !== id) return false
    const normalized = normalizeTagName(name)
    write(database, 'DELETE FROM tag_aliases WHERE normalized_alias = :normalized', { normalized })
    writeExactlyOne(database, 'UPDATE tags SET name = :name, normalized_name = :normalized WHERE id = :id', {
      id,
      name: tidyTagName(name),
      normalized,
    })
    return true
  })
}

/** Makes one tag of two: the pictures and names of the first go to the second, where people count more than programs. */
export function mergeTag(database: WritableDatabase, from: number, into: number): void {
  transaction(database, () => {
    write(
      database,
      `INSERT INTO generation_tags (generation_id, tag_id, source, confidence)
       SELECT generation_id, :into, source, confidence FROM generation_tags WHERE tag_id = :from
       ON CONFLICT DO UPDATE SET source = excluded.source, confidence = NULL WHERE excluded.source = 'user'`,
      { from, into },
    )
    write(database, 'UPDATE tag_aliases SET tag_id = :into WHERE tag_id = :from', { from, into })
    const [gone] = readAll<{ name: string; normalized_name: string }>(
      database,
      'SELECT name, normalized_name FROM tags WHERE id = :from',
      { from },
    )
    const { name, normalized_name } = required(gone ?? null)
    // Taken off one by one, so that each picture is indexed anew while the tag is still known.
    write(database, 'DELETE FROM generation_tags WHERE tag_id = :from', { from })
    writeExactlyOne(database, 'DELETE FROM tags WHERE id = :from', { from })
    writeExactlyOne(
      database,
      'INSERT INTO tag_aliases (normalized_alias, alias, tag_id) VALUES (:normalized_name, :name, :into)',
      { name, normalized_name, into },
    )
  })
}

/** Gives a tag another name; false where the name belongs to another tag. Its own names are its already. */
export function saveTagAlias(database: WritableDatabase, id: number, alias: string): boolean {
  return transaction(database, () => {
    const holder = findTag(database, alias)
    if (holder !== null) return holder.id === id
    writeExactlyOne(
      database,
      'INSERT INTO tag_aliases (normalized_alias, alias, tag_id) VALUES (:normalized, :alias, :id)',
      { id, alias: tidyTagName(alias), normalized: normalizeTagName(alias) },
    )
    return true
  })
}

/** Takes an alias away; false where it is none. */
export function deleteTagAlias(database: WritableDatabase, alias: string): boolean {
  const sql = 'DELETE FROM tag_aliases WHERE normalized_alias = :normalized'
  return write(database, sql, { normalized: normalizeTagName(alias) }) === 1
}

/** Forgets a tag that no picture has, not even one in the bin, and that has no aliases to keep. */
export function forgetUnusedTag(database: WritableDatabase, id: number): void {
  write(
    database,
    `DELETE FROM tags WHERE id = :id
       AND NOT EXISTS (SELECT 1 FROM generation_tags WHERE tag_id = :id)
       AND NOT EXISTS (SELECT 1 FROM tag_aliases WHERE tag_id = :id)`,
    { id },
  )
}

/** The aliases of several tags, by tag. */
export function aliasesOfTags(database: ReadableDatabase, ids: readonly number[]): Map<number, string[]> {
  const sql = `SELECT tag_id, alias FROM tag_aliases WHERE tag_id IN (SELECT value FROM json_each(:ids)) ORDER BY alias`
  const rows = readAll<{ tag_id: number; alias: string }>(database, sql, { ids: JSON.stringify(ids) })
  const byTag = Map.groupBy(rows, ({ tag_id: tag }) => tag)
  return new Map([...byTag].map(([tag, aliases]) => [tag, aliases.map(({ alias }) => alias)]))
}

function required<Value>(value: Value | null): Value {
  if (value === null) throw new Error('The tag is not there.')
  return value
}

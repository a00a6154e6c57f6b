import {
  readAll,
  readOne,
  transaction,
  write,
  writeExactlyOne,
  type ReadableDatabase,
  type WritableDatabase,
} from './connection.ts'
import { findTag, type TagRow } from './tag-lookup.ts'
import { normalizeTagName, tidyTagName } from './tag-name.ts'
import { moveTagged, reindexTagged } from './tag-upkeep.ts'

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

/**
 * Renames a tag; null where the name belongs to another one. An alias of its own becomes its name. Of many pictures only
 * the first are indexed anew at once.
 *
 * @returns whether pictures are left for `reindexTagged`
 */
export function renameTag(
  database: WritableDatabase,
  id: number,
  name: string,
): { readonly unfinished: boolean } | null {
  return transaction(database, () => {
    const holder = findTag(database, name)
    if (holder !== null && holder.id !== id) return null
    const normalized = normalizeTagName(name)
    write(database, 'DELETE FROM tag_aliases WHERE normalized_alias = :normalized', { normalized })
    writeExactlyOne(database, 'UPDATE tags SET name = :name, normalized_name = :normalized WHERE id = :id', {
      id,
      name: tidyTagName(name),
      normalized,
    })
    return { unfinished: reindexTagged(database, id, 0) !== null }
  })
}

/**
 * Makes one tag of two: the names of the first go to the second at once, and its pictures, if they are many, bit by bit.
 *
 * @returns whether pictures are left for `moveTagged`
 */
export function mergeTag(
  database: WritableDatabase,
  from: number,
  into: number,
): { readonly unfinished: boolean } {
  return transaction(database, () => {
    const { name, normalized_name } = required(
      readOne<{ name: string; normalized_name: string }>(
        database,
        'SELECT name, normalized_name FROM tags WHERE id = :from',
        { from },
      ),
    )
    write(database, 'UPDATE tag_aliases SET tag_id = :into WHERE tag_id = :from', { from, into })
    write(database, 'UPDATE tags SET merged_into = :into WHERE merged_into = :from', { from, into })
    // A sign that no name has in it: so nothing is found by it, and the name is free.
    writeExactlyOne(
      database,
      `UPDATE tags SET merged_into = :into, normalized_name = char(1) || id WHERE id = :from`,
      { from, into },
    )
    writeExactlyOne(
      database,
      'INSERT INTO tag_aliases (normalized_alias, alias, tag_id) VALUES (:normalized_name, :name, :into)',
      { name, normalized_name, into },
    )
    return { unfinished: !moveTagged(database, from, into) }
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
       AND NOT EXISTS (SELECT 1 FROM tag_aliases WHERE tag_id = :id)
       AND NOT EXISTS (SELECT 1 FROM tags AS merging WHERE merging.merged_into = :id)`,
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

import {
  readAll,
  readOne,
  transaction,
  write,
  writeExactlyOne,
  type ReadableDatabase,
  type WritableDatabase,
} from './connection.ts'
import { normalizeTagName, tidyTagName } from './tag-name.ts'

/*
 * Collections of pictures. Their names are compared as those of tags are. Counts and search follow by triggers: each picture
 * that is put in or taken out is indexed anew, which takes 150 microseconds. So a deleted collection is emptied bit by bit.
 */

/** How many pictures are taken out of a deleted collection at once, while everything else waits. */
export const emptyingBatch = 100

/** A collection as it is stored. */
export interface CollectionRow {
  readonly id: number
  /** As people wrote it. */
  readonly name: string
  /** How many pictures outside the bin lie in it. */
  readonly pictures: number
  /** The newest of them; null where there is none. */
  readonly cover: number | null
  readonly created_at: number
}

const columns = `collections.id, name, pictures, created_at, (
    SELECT generation_id FROM collection_members CROSS JOIN generations ON generations.id = generation_id
    WHERE collection_id = collections.id AND deleted_at IS NULL ORDER BY generation_id DESC LIMIT 1
  ) AS cover`

/** Every collection, by name. */
export function listCollections(database: ReadableDatabase): CollectionRow[] {
  return readAll<CollectionRow>(
    database,
    `SELECT ${columns} FROM collections WHERE deleted_at IS NULL ORDER BY normalized_name`,
  )
}

/** The collections a picture lies in, by name. */
export function collectionsOf(database: ReadableDatabase, generationId: number): CollectionRow[] {
  const sql = `SELECT ${columns} FROM collection_members JOIN collections ON collections.id = collection_id
    WHERE generation_id = :generation_id AND collections.deleted_at IS NULL ORDER BY normalized_name`
  return readAll<CollectionRow>(database, sql, { generation_id: generationId })
}

/** One collection; null where there is none, or no longer. */
export function getCollection(database: ReadableDatabase, id: number): CollectionRow | null {
  return readOne<CollectionRow>(
    database,
    `SELECT ${columns} FROM collections WHERE id = :id AND deleted_at IS NULL`,
    { id },
  )
}

/** The ids of the collections of this name, or whose names begin so. */
export function findCollections(
  database: ReadableDatabase,
  name: string,
  { prefix, limit }: { readonly prefix: boolean; readonly limit: number },
): number[] {
  const start = normalizeTagName(name)
  // The end of the range is the largest there is: no name has this code point in it.
  const sql = prefix
    ? 'SELECT id FROM collections WHERE normalized_name >= :start AND normalized_name < :end AND deleted_at IS NULL LIMIT :limit'
    : 'SELECT id FROM collections WHERE normalized_name = :start AND :end <> :start LIMIT :limit'
  return readAll<{ id: number }>(database, sql, { start, end: `${start}\u{10FFFF}`, limit }).map(
    ({ id }) => id,
  )
}

/** Makes an empty collection; null where the name is taken. The name must have something to see in it. */
export function insertCollection(database: WritableDatabase, name: string, now: number): number | null {
  return transaction(database, () => {
    if (isTaken(database, name, null)) return null
    const sql = `INSERT INTO collections (name, normalized_name, created_at) VALUES (:name, :normalized, :now)`
    writeExactlyOne(database, sql, { ...names(name), now })
    return readOne<{ id: number }>(database, 'SELECT last_insert_rowid() AS id')?.id ?? null
  })
}

/** Renames a collection; false where the name belongs to another one. */
export function renameCollection(database: WritableDatabase, id: number, name: string): boolean {
  return transaction(database, () => {
    if (isTaken(database, name, id)) return false
    const sql = 'UPDATE collections SET name = :name, normalized_name = :normalized WHERE id = :id'
    writeExactlyOne(database, sql, { id, ...names(name) })
    return true
  })
}

/** Puts a collection out of sight, and not its pictures. Its name is free then; `emptyDeletedCollection` does the rest. */
export function deleteCollection(database: WritableDatabase, id: number, now: number): void {
  // No name can have this sign in it, so it stands in nobody's way.
  const sql = `UPDATE collections SET deleted_at = :now, normalized_name = char(1) || id
    WHERE id = :id AND deleted_at IS NULL`
  writeExactlyOne(database, sql, { id, now })
}

/**
 * Takes some pictures out of a deleted collection. With the last of them its row goes.
 *
 * @returns whether that is done
 */
export function emptyDeletedCollection(database: WritableDatabase, id: number): boolean {
  return transaction(database, () => {
    // Taken out one by one, so that each picture is indexed anew while the collection is still known.
    const taken = write(
      database,
      `DELETE FROM collection_members WHERE collection_id = :id AND generation_id IN (
        SELECT generation_id FROM collection_members WHERE collection_id = :id LIMIT :limit)`,
      { id, limit: emptyingBatch },
    )
    if (taken === emptyingBatch) return false
    write(database, 'DELETE FROM collections WHERE id = :id AND deleted_at IS NOT NULL', { id })
    return true
  })
}

/** Puts a picture into a collection; false where it lies in it already. */
export function addCollectionMember(
  database: WritableDatabase,
  collectionId: number,
  generationId: number,
  now: number,
): boolean {
  const sql = `INSERT INTO collection_members (collection_id, generation_id, added_at)
    VALUES (:collection_id, :generation_id, :now) ON CONFLICT DO NOTHING`
  return write(database, sql, { collection_id: collectionId, generation_id: generationId, now }) === 1
}

/** Takes a picture out of a collection; false where it does not lie in it. */
export function removeCollectionMember(
  database: WritableDatabase,
  collectionId: number,
  generationId: number,
): boolean {
  const sql = `DELETE FROM collection_members
    WHERE collection_id = :collection_id AND generation_id = :generation_id`
  return write(database, sql, { collection_id: collectionId, generation_id: generationId }) === 1
}

function isTaken(database: ReadableDatabase, name: string, except: number | null): boolean {
  const sql = 'SELECT id FROM collections WHERE normalized_name = :normalized'
  const holder = readOne<{ id: number }>(database, sql, { normalized: normalizeTagName(name) })
  return holder !== null && holder.id !== except
}

function names(name: string): { name: string; normalized: string } {
  return { name: tidyTagName(name), normalized: normalizeTagName(name) }
}

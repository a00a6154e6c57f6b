import {
  readAll,
  readOne,
  transaction,
  write,
  writeExactlyOne,
  type ReadableDatabase,
  type WritableDatabase,
} from './connection.ts'

/*
 * What follows when a tag gets another name or becomes another one. Each picture has to be indexed anew, which takes 150
 * microseconds: a minute for the most frequent tag of a million pictures. So it is done some pictures at a time.
 */

/** How many pictures are taken care of at once, while everything else waits. */
export const upkeepBatch = 100

/** Where upkeep of a tag stands: pictures up to this one are done. */
export type UpkeepCursor = number

/** What a tag is becoming; null for one that stays, undefined where there is no such tag. */
export function mergeTargetOf(database: ReadableDatabase, id: number): number | null | undefined {
  const sql = 'SELECT merged_into FROM tags WHERE id = :id'
  return readOne<{ merged_into: number | null }>(database, sql, { id })?.merged_into
}

/**
 * Indexes some pictures of a renamed tag anew.
 *
 * @returns where to go on; null at the end
 */
export function reindexTagged(
  database: WritableDatabase,
  id: number,
  after: UpkeepCursor,
): UpkeepCursor | null {
  return transaction(database, () => {
    const pictures = picturesOf(database, id, after)
    const ids = JSON.stringify(pictures)
    const those = '(SELECT value FROM json_each(:ids))'
    write(database, `DELETE FROM generations_fts WHERE rowid IN ${those}`, { ids })
    write(
      database,
      `INSERT INTO generations_fts (rowid, prompt, negative_prompt, notes, tags, preset, style, marks)
       SELECT * FROM generation_texts WHERE id IN ${those}`,
      { ids },
    )
    return pictures.length < upkeepBatch ? null : (pictures.at(-1) ?? null)
  })
}

/**
 * Moves some pictures of a tag to the one it becomes, where people count more than programs. With the last of them the
 * tag goes.
 *
 * @returns whether that is done
 */
export function moveTagged(database: WritableDatabase, from: number, into: number): boolean {
  return transaction(database, () => {
    const pictures = picturesOf(database, from, 0)
    const parameters = { ids: JSON.stringify(pictures), from, into }
    const those = 'tag_id = :from AND generation_id IN (SELECT value FROM json_each(:ids))'
    write(
      database,
      `INSERT INTO generation_tags (generation_id, tag_id, source, confidence)
       SELECT generation_id, :into, source, confidence FROM generation_tags WHERE ${those}
       ON CONFLICT DO UPDATE SET source = excluded.source, confidence = NULL WHERE excluded.source = 'user'`,
      parameters,
    )
    // Taken off one by one, so that each picture is indexed anew while the tag is still known.
    write(database, `DELETE FROM generation_tags WHERE ${those}`, { ids: parameters.ids, from })
    if (pictures.length === upkeepBatch) return false
    writeExactlyOne(database, 'DELETE FROM tags WHERE id = :from', { from })
    return true
  })
}

function picturesOf(database: ReadableDatabase, tag: number, after: UpkeepCursor): number[] {
  const sql = `SELECT generation_id AS id FROM generation_tags INDEXED BY generation_tags_by_tag
    WHERE tag_id = :tag AND generation_id > :after ORDER BY generation_id LIMIT :limit`
  return readAll<{ id: number }>(database, sql, { tag, after, limit: upkeepBatch }).map(({ id }) => id)
}

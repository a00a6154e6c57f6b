import type { GenerationTag, TagSource } from '../../contracts/entities/tag.ts'
import { readAll, readOne, write, type ReadableDatabase, type WritableDatabase } from './connection.ts'

/** The tags of several pictures, by picture and then by name; one without tags is not in the map. */
export function tagsOfGenerations(
  database: ReadableDatabase,
  generationIds: readonly number[],
): Map<number, GenerationTag[]> {
  // One that is becoming another has its name already; a picture may have both for a while.
  const sql = `SELECT generation_id, shown.name AS name, source
    FROM json_each(:ids) CROSS JOIN generation_tags ON generation_id = value JOIN tags ON tags.id = tag_id
      JOIN tags AS shown ON shown.id = coalesce(tags.merged_into, tags.id)
    GROUP BY generation_id, shown.id ORDER BY shown.normalized_name`
  const rows = readAll<GenerationTag & { generation_id: number }>(database, sql, {
    ids: JSON.stringify(generationIds),
  })
  const byGeneration = Map.groupBy(rows, (row) => row.generation_id)
  return new Map(
    [...byGeneration].map(([id, tags]) => [id, tags.map(({ name, source }) => ({ name, source }))]),
  )
}

/** A tag for a picture, and who gives it. */
export interface NewGenerationTag {
  readonly generation_id: number
  readonly tag_id: number
  readonly source: TagSource
  /** 0 to 1; null where nothing was estimated. */
  readonly confidence: number | null
}

/** Who gave a picture its tag, and how sure that is. */
export type TagOrigin = Pick<NewGenerationTag, 'source' | 'confidence'>

/** How a picture came to a tag; null where it does not have it. */
export function originOfTag(
  database: ReadableDatabase,
  generationId: number,
  tagId: number,
): TagOrigin | null {
  const sql = `SELECT source, confidence FROM generation_tags WHERE generation_id = :generation_id
    AND tag_id IN (SELECT id FROM tags WHERE id = :tag_id OR merged_into = :tag_id) LIMIT 1`
  return readOne<TagOrigin>(database, sql, { generation_id: generationId, tag_id: tagId })
}

/**
 * Gives a picture a tag. What a person says stays what a person said.
 *
 * @returns false where it had the tag already
 */
export function addGenerationTag(database: WritableDatabase, tag: NewGenerationTag): boolean {
  const had = originOfTag(database, tag.generation_id, tag.tag_id)
  write(
    database,
    `INSERT INTO generation_tags (generation_id, tag_id, source, confidence)
     VALUES (:generation_id, :tag_id, :source, :confidence)
     ON CONFLICT DO UPDATE SET source = excluded.source, confidence = NULL WHERE excluded.source = 'user'`,
    { ...tag },
  )
  return had === null
}

/** Gives a picture a tag exactly so, whoever gave it before; false where it was so already. */
export function restoreGenerationTag(database: WritableDatabase, tag: NewGenerationTag): boolean {
  const sql = `INSERT INTO generation_tags (generation_id, tag_id, source, confidence)
    VALUES (:generation_id, :tag_id, :source, :confidence)
    ON CONFLICT DO UPDATE SET source = excluded.source, confidence = excluded.confidence
    WHERE (source, confidence) IS NOT (excluded.source, excluded.confidence)`
  return write(database, sql, { ...tag }) === 1
}

/** Takes a tag from a picture; false where it did not have it. */
export function removeGenerationTag(
  database: WritableDatabase,
  generationId: number,
  tagId: number,
): boolean {
  const sql = `DELETE FROM generation_tags WHERE generation_id = :generation_id
    AND tag_id IN (SELECT id FROM tags WHERE id = :tag_id OR merged_into = :tag_id)`
  return write(database, sql, { generation_id: generationId, tag_id: tagId }) > 0
}

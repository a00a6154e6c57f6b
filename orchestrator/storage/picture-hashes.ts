import {
  readAll,
  readOne,
  transaction,
  write,
  type ReadableDatabase,
  type WritableDatabase,
} from './connection.ts'

/** 64 bits in two halves, each a whole number below 2^32. */
export interface PictureHash {
  readonly high: number
  readonly low: number
}

/** Records what a picture looks like, in place of what was recorded before; null where it has nothing to compare. */
export function putPictureHash(
  database: WritableDatabase,
  generationId: number,
  hash: PictureHash | null,
): void {
  transaction(database, () => {
    write(database, 'DELETE FROM picture_hashes WHERE generation_id = :generation_id', {
      generation_id: generationId,
    })
    write(
      database,
      'INSERT INTO picture_hashes (generation_id, high, low) VALUES (:generation_id, :high, :low)',
      { generation_id: generationId, high: hash?.high ?? null, low: hash?.low ?? null },
    )
  })
}

/** What a picture looks like; null where that is not recorded, or there is nothing to compare. */
export function getPictureHash(database: ReadableDatabase, generationId: number): PictureHash | null {
  const sql = 'SELECT high, low FROM picture_hashes WHERE generation_id = :generation_id AND high IS NOT NULL'
  return readOne<PictureHash>(database, sql, { generation_id: generationId })
}

/** A picture whose hash is not recorded yet, and the thumbnail to make it from. */
export interface UnhashedPicture {
  readonly generation_id: number
  readonly path: string
}

/** The statement behind `unhashedPictures`. */
export const unhashedPicturesStatement = `SELECT files.generation_id, files.path FROM generation_files AS files
  WHERE files.role = 'thumbnail' AND files.generation_id > :after
    AND NOT EXISTS (SELECT 1 FROM picture_hashes WHERE picture_hashes.generation_id = files.generation_id)
  ORDER BY files.generation_id LIMIT :limit`

/** Pictures with a thumbnail and without a hash, oldest first, from those after an id. */
export function unhashedPictures(
  database: ReadableDatabase,
  after: number,
  limit: number,
): UnhashedPicture[] {
  return readAll<UnhashedPicture>(database, unhashedPicturesStatement, { after, limit })
}

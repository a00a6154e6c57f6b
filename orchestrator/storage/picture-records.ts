import { readAll, readOne, type ReadableDatabase } from './connection.ts'
import { sourceRoles } from './generation-files.ts'
import { uploadedPicturePath, type PictureRole } from './picture-paths.ts'

/** A file in the data folder that a row speaks of. */
export interface PictureRecord {
  /** What it is; `upload` is a picture somebody uploaded to start from, `style_preview` the small picture in a style. */
  readonly role: PictureRole | 'upload' | 'style_preview'
  /** The picture it belongs to; null for an upload and for the preview of a style. */
  readonly generation_id: number | null
  /** Relative to the data folder. */
  readonly path: string
  readonly sha256: string
  readonly bytes: number
}

const pageSize = 1000

/** The file of a picture's source is that of an upload or of another picture. */
const sources = sourceRoles.map((role) => `'${role}'`).join(', ')

/** Every file that the rows speak of, each once, a page at a time: a million pictures need no more memory than one. */
export function* pictureRecords(database: ReadableDatabase): Generator<PictureRecord> {
  yield* generationRecords(database)
  yield* uploadRecords(database)
  yield* stylePreviewRecords(database)
}

/** How many files `pictureRecords` gives, and their size in bytes. */
export function countPictureRecords(database: ReadableDatabase): { files: number; bytes: number } {
  const sql = `SELECT count(*) AS files, coalesce(sum(bytes), 0) AS bytes FROM (
    SELECT bytes FROM generation_files WHERE role NOT IN (${sources})
    UNION ALL SELECT bytes FROM uploaded_pictures UNION ALL SELECT bytes FROM style_previews)`
  return readOne<{ files: number; bytes: number }>(database, sql) ?? { files: 0, bytes: 0 }
}

/**
 * Finished pictures that have an original and not both small pictures, and no job that would make them, as when the product
 * was killed again and again over it: their ids, oldest first.
 */
export function* picturesWithoutSmall(database: ReadableDatabase): Generator<number> {
  const sql = `SELECT generation_id AS id FROM generation_files AS original
    WHERE generation_id > :last AND role = 'original'
      AND 2 > (SELECT count(*) FROM generation_files WHERE generation_id = original.generation_id AND role IN ('thumbnail', 'preview'))
      AND NOT EXISTS (SELECT 1 FROM jobs WHERE generation_id = original.generation_id AND state IN ('queued', 'running'))
    ORDER BY generation_id LIMIT ${pageSize}`
  let last = 0
  for (;;) {
    const page = readAll<{ id: number }>(database, sql, { last }).map(({ id }) => id)
    yield* page
    const end = page.at(-1)
    if (end === undefined) return
    last = end
  }
}

function* generationRecords(database: ReadableDatabase): Generator<PictureRecord> {
  const sql = `SELECT generation_id, role, path, sha256, bytes FROM generation_files
    WHERE (generation_id, role) > (:generation_id, :role) AND role NOT IN (${sources})
    ORDER BY generation_id, role LIMIT ${pageSize}`
  let last = { generation_id: 0, role: '' }
  for (;;) {
    const page = readAll<PictureRecord & { generation_id: number }>(database, sql, last)
    yield* page
    const end = page.at(-1)
    if (end === undefined) return
    last = { generation_id: end.generation_id, role: end.role }
  }
}

function* uploadRecords(database: ReadableDatabase): Generator<PictureRecord> {
  const sql = `SELECT sha256, bytes FROM uploaded_pictures WHERE sha256 > :sha256 ORDER BY sha256 LIMIT ${pageSize}`
  let last = ''
  for (;;) {
    const page = readAll<{ sha256: string; bytes: number }>(database, sql, { sha256: last })
    for (const { sha256, bytes } of page)
      yield { role: 'upload', generation_id: null, path: uploadedPicturePath(sha256), sha256, bytes }
    const end = page.at(-1)
    if (end === undefined) return
    last = end.sha256
  }
}

/** There are never more than some hundreds. */
function stylePreviewRecords(database: ReadableDatabase): PictureRecord[] {
  const sql = `SELECT 'style_preview' AS role, NULL AS generation_id, path, sha256, bytes FROM style_previews`
  return readAll<PictureRecord>(database, sql)
}

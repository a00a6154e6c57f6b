import {
  readAll,
  readOne,
  write,
  writeExactlyOne,
  type ReadableDatabase,
  type WritableDatabase,
} from './connection.ts'

/** The small picture in a style. `path` is relative to the data folder, with forward slashes. */
export interface StylePreview {
  readonly style_id: number
  readonly path: string
  readonly sha256: string
  readonly bytes: number
  readonly width: number
  readonly height: number
  readonly created_at: number
}

const columns = 'style_id, path, sha256, bytes, width, height, created_at'

/** Records a preview, in place of the one before. */
export function putStylePreview(database: WritableDatabase, preview: StylePreview): void {
  writeExactlyOne(
    database,
    `INSERT INTO style_previews (${columns})
     VALUES (:style_id, :path, :sha256, :bytes, :width, :height, :created_at)
     ON CONFLICT (style_id) DO UPDATE SET path = excluded.path, sha256 = excluded.sha256, bytes = excluded.bytes,
       width = excluded.width, height = excluded.height, created_at = excluded.created_at`,
    { ...preview },
  )
}

/** The preview of a style; null where there is none. */
export function getStylePreview(database: ReadableDatabase, id: number): StylePreview | null {
  return readOne<StylePreview>(database, `SELECT ${columns} FROM style_previews WHERE style_id = :id`, { id })
}

/** Forgets a preview that no longer shows what its style does. */
export function removeStylePreview(database: WritableDatabase, id: number): void {
  write(database, 'DELETE FROM style_previews WHERE style_id = :id', { id })
}

/** Forgets the preview that lies there, so that it is made anew when it is looked for. */
export function removeStylePreviewAt(database: WritableDatabase, path: string): void {
  write(database, 'DELETE FROM style_previews WHERE path = :path', { path })
}

/** The styles that are there and have no preview, by name; without those for which a job of this kind has failed. */
export function stylesWithoutPreview(database: ReadableDatabase, kind: string): number[] {
  const sql = `SELECT id FROM styles WHERE deleted_at IS NULL
      AND id NOT IN (SELECT style_id FROM style_previews)
      AND id NOT IN (SELECT payload ->> '$.style_id' FROM jobs WHERE kind = :kind AND state = 'failed')
    ORDER BY normalized_name`
  return readAll<{ id: number }>(database, sql, { kind }).map(({ id }) => id)
}

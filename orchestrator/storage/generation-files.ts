import {
  readAll,
  readOne,
  write,
  writeExactlyOne,
  type ReadableDatabase,
  type WritableDatabase,
} from './connection.ts'

/** What was made for a picture. */
export const madeRoles = ['original', 'thumbnail', 'preview'] as const

/** What a picture was made from: where it started, what may change, what it follows. Files of an upload or another picture. */
export const sourceRoles = ['init', 'mask', 'control'] as const

export type SourceRole = (typeof sourceRoles)[number]

/** What a file is to its picture. */
export type FileRole = (typeof madeRoles)[number] | SourceRole

/** One file of a picture. `path` is relative to the data folder, with forward slashes. */
export interface GenerationFile {
  readonly generation_id: number
  readonly role: FileRole
  readonly path: string
  readonly sha256: string
  readonly bytes: number
  readonly width: number
  readonly height: number
  readonly mime: string
}

const columns = 'generation_id, role, path, sha256, bytes, width, height, mime'

/** Records a file; one of the same role that was recorded before is replaced, as when a picture is made again. */
export function putGenerationFile(database: WritableDatabase, file: GenerationFile): void {
  writeExactlyOne(
    database,
    `INSERT INTO generation_files (${columns})
     VALUES (:generation_id, :role, :path, :sha256, :bytes, :width, :height, :mime)
     ON CONFLICT (generation_id, role) DO UPDATE SET path = excluded.path, sha256 = excluded.sha256,
       bytes = excluded.bytes, width = excluded.width, height = excluded.height, mime = excluded.mime`,
    { ...file },
  )
}

/** The file of a picture in one role; null where there is none. */
export function getGenerationFile(
  database: ReadableDatabase,
  generationId: number,
  role: FileRole,
): GenerationFile | null {
  const sql = `SELECT ${columns} FROM generation_files WHERE generation_id = :generation_id AND role = :role`
  return readOne<GenerationFile>(database, sql, { generation_id: generationId, role })
}

/** The files of several pictures, by picture; one without files is not in the map. */
export function filesOfGenerations(
  database: ReadableDatabase,
  generationIds: readonly number[],
): Map<number, GenerationFile[]> {
  const sql = `SELECT ${columns} FROM generation_files WHERE generation_id IN (SELECT value FROM json_each(:ids))`
  const files = readAll<GenerationFile>(database, sql, { ids: JSON.stringify(generationIds) })
  return Map.groupBy(files, (file) => file.generation_id)
}

/** Forgets a file of a picture; whether there was one. */
export function removeGenerationFile(
  database: WritableDatabase,
  generationId: number,
  role: FileRole,
): boolean {
  const sql = 'DELETE FROM generation_files WHERE generation_id = :generation_id AND role = :role'
  return write(database, sql, { generation_id: generationId, role }) === 1
}

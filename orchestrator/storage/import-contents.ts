import type { ImportProblem } from '../../contracts/entities/import.ts'
import {
  readAll,
  readOne,
  write,
  writeExactlyOne,
  type ReadableDatabase,
  type WritableDatabase,
} from './connection.ts'

/** Problems beyond so many are counted and not kept. */
const mostProblems = 10_000

/** A file that was uploaded for an import. */
export interface ImportUpload {
  readonly position: number
  /** As it is called where it came from. */
  readonly name: string
  readonly modified_at: number
}

/** Records an uploaded file. */
export function insertImportUpload(database: WritableDatabase, importId: number, upload: ImportUpload): void {
  const sql = `INSERT INTO import_uploads (import_id, position, name, modified_at)
    VALUES (:import_id, :position, :name, :modified_at)`
  writeExactlyOne(database, sql, { import_id: importId, ...upload })
  writeExactlyOne(database, 'UPDATE imports SET received = received + 1 WHERE id = :id', { id: importId })
}

/** The files uploaded for an import, in the order they came. */
export function listImportUploads(database: ReadableDatabase, importId: number): ImportUpload[] {
  const sql = `SELECT position, name, modified_at FROM import_uploads WHERE import_id = :import_id ORDER BY position`
  return readAll<ImportUpload>(database, sql, { import_id: importId })
}

/** Forgets the uploaded files of an import. */
export function removeImportUploads(database: WritableDatabase, importId: number): void {
  write(database, 'DELETE FROM import_uploads WHERE import_id = :import_id', { import_id: importId })
}

/** Records what an import made of a file. */
export function insertImportPicture(
  database: WritableDatabase,
  picture: { import_id: number; path: string; generation_id: number; has_recipe: number },
): void {
  const sql = `INSERT INTO import_pictures (import_id, path, generation_id, has_recipe)
    VALUES (:import_id, :path, :generation_id, :has_recipe)`
  writeExactlyOne(database, sql, picture)
}

/** What an earlier attempt of an import made of a file; null where that is still to be done. */
export function findImportPicture(
  database: ReadableDatabase,
  importId: number,
  path: string,
): { has_recipe: number } | null {
  const sql = 'SELECT has_recipe FROM import_pictures WHERE import_id = :import_id AND path = :path'
  return readOne(database, sql, { import_id: importId, path })
}

/** Keeps a problem; the position counts from 0. */
export function insertImportProblem(
  database: WritableDatabase,
  importId: number,
  position: number,
  problem: ImportProblem,
): void {
  if (position >= mostProblems) return
  const sql = `INSERT INTO import_problems (import_id, position, path, code, message)
    VALUES (:import_id, :position, :path, :code, :message)`
  writeExactlyOne(database, sql, { import_id: importId, position, ...problem })
}

/** The problems of an import from a position on, in the order they were met. */
export function listImportProblems(
  database: ReadableDatabase,
  importId: number,
  page: { readonly from: number; readonly limit: number },
): ImportProblem[] {
  const sql = `SELECT path, code, message FROM import_problems
    WHERE import_id = :import_id AND position >= :from ORDER BY position LIMIT :limit`
  return readAll<ImportProblem>(database, sql, { import_id: importId, ...page })
}

/** The picture whose original has exactly these bytes, be it in the bin or not; null where there is none. */
export function findOriginalByContent(database: ReadableDatabase, sha256: string): number | null {
  const sql = `SELECT generation_id FROM generation_files INDEXED BY originals_by_content
    WHERE role = 'original' AND sha256 = :sha256 LIMIT 1`
  return readOne<{ generation_id: number }>(database, sql, { sha256 })?.generation_id ?? null
}

import type { ImportView } from '../../contracts/entities/import.ts'
import type { ErrorBody } from '../../contracts/errors.ts'
import {
  readAll,
  readOne,
  write,
  writeExactlyOne,
  writeReturning,
  type ReadableDatabase,
  type WritableDatabase,
} from './connection.ts'

export type ImportState = ImportView['state']

/** What came of the files of an import so far. */
export interface ImportCounts {
  readonly total: number | null
  readonly imported: number
  readonly duplicates: number
  readonly skipped: number
  readonly failed: number
  readonly without_recipe: number
}

/** One import; times in milliseconds since 1970. */
export interface ImportRow extends ImportCounts {
  readonly id: number
  readonly source: 'folder' | 'upload'
  readonly folder: string | null
  readonly state: ImportState
  readonly job_id: number | null
  /** How many files were uploaded. */
  readonly received: number
  readonly error: ErrorBody | null
  readonly request_id: string
  readonly created_at: number
  readonly finished_at: number | null
}

/** What a new import starts from. */
export type NewImport = Pick<ImportRow, 'source' | 'folder' | 'request_id' | 'created_at'>

type StoredImportRow = Omit<ImportRow, 'error'> & { readonly error: string | null }

const columns =
  'id, source, folder, state, job_id, received, total, imported, duplicates, skipped, failed, without_recipe, ' +
  'error, request_id, created_at, finished_at'

/** Stores a new import as `receiving`; its id. */
export function insertImport(database: WritableDatabase, row: NewImport): number {
  const sql = `INSERT INTO imports (source, folder, state, request_id, created_at)
    VALUES (:source, :folder, 'receiving', :request_id, :created_at) RETURNING id`
  return writeReturning<{ id: number }>(database, sql, { ...row })?.id ?? 0
}

/** One import; null where there is none. */
export function getImport(database: ReadableDatabase, id: number): ImportRow | null {
  const row = readOne<StoredImportRow>(database, `SELECT ${columns} FROM imports WHERE id = :id`, { id })
  return row === null ? null : parseRow(row)
}

/** Imports, newest first. */
export function listImports(database: ReadableDatabase, limit: number): ImportRow[] {
  const sql = `SELECT ${columns} FROM imports ORDER BY id DESC LIMIT :limit`
  return readAll<StoredImportRow>(database, sql, { limit }).map(parseRow)
}

/** receiving -> queued, with the job that does it; false where it is in another state. */
export function markImportQueued(database: WritableDatabase, id: number, jobId: number): boolean {
  const sql = `UPDATE imports SET state = 'queued', job_id = :job_id WHERE id = :id AND state = 'receiving'`
  return write(database, sql, { id, job_id: jobId }) === 1
}

/** Begins an attempt: the counts start anew, and so do the problems. */
export function markImportRunning(database: WritableDatabase, id: number, total: number | null): void {
  write(database, 'DELETE FROM import_problems WHERE import_id = :id', { id })
  const sql = `UPDATE imports SET state = 'running', total = :total, imported = 0, duplicates = 0, skipped = 0,
    failed = 0, without_recipe = 0, error = NULL, finished_at = NULL WHERE id = :id`
  writeExactlyOne(database, sql, { id, total })
}

/** Keeps how far an attempt is. */
export function updateImportCounts(
  database: WritableDatabase,
  id: number,
  { imported, duplicates, skipped, failed, without_recipe }: Omit<ImportCounts, 'total'>,
): void {
  const sql = `UPDATE imports SET imported = :imported, duplicates = :duplicates, skipped = :skipped,
    failed = :failed, without_recipe = :without_recipe WHERE id = :id`
  writeExactlyOne(database, sql, { id, imported, duplicates, skipped, failed, without_recipe })
}

/** To wait again, with the reason where there is one; its job goes back to the queue with it. */
export function returnImportToQueue(database: WritableDatabase, id: number, error: ErrorBody | null): void {
  const sql = `UPDATE imports SET state = 'queued', error = :error WHERE id = :id`
  writeExactlyOne(database, sql, { id, error: error === null ? null : JSON.stringify(error) })
}

/** To one of the final states. */
export function markImportFinished(
  database: WritableDatabase,
  id: number,
  end: {
    readonly state: 'completed' | 'failed' | 'cancelled'
    readonly now: number
    readonly error: ErrorBody | null
  },
): void {
  const sql = 'UPDATE imports SET state = :state, finished_at = :now, error = :error WHERE id = :id'
  const error = end.error === null ? null : JSON.stringify(end.error)
  writeExactlyOne(database, sql, { id, state: end.state, now: end.now, error })
}

/** The imports that are neither finished nor have a job that will finish them: their uploads were broken off, or the job was given up. */
export function abandonedImports(database: ReadableDatabase): ImportRow[] {
  const sql = `SELECT ${columns} FROM imports WHERE finished_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM jobs WHERE jobs.id = imports.job_id AND jobs.state IN ('queued', 'running'))`
  return readAll<StoredImportRow>(database, sql).map(parseRow)
}

function parseRow(row: StoredImportRow): ImportRow {
  return { ...row, error: row.error === null ? null : (JSON.parse(row.error) as ErrorBody) }
}

import { readAll, writeReturning, type ReadableDatabase, type WritableDatabase } from './connection.ts'
import { jobColumns, parseJobRow, type Job, type JobState, type StoredJobRow } from './job-row.ts'

/** Lists jobs, newest first: those with a smaller id than the cursor, where there is one. */
export function listJobs(
  database: ReadableDatabase,
  query: { readonly state: JobState | null; readonly cursor: number | null; readonly limit: number },
): Job[] {
  const sql = `SELECT ${jobColumns} FROM jobs
    WHERE id < :cursor AND (:state IS NULL OR state = :state) ORDER BY id DESC LIMIT :limit`
  const cursor = query.cursor ?? Number.MAX_SAFE_INTEGER
  return readAll<StoredJobRow>(database, sql, { ...query, cursor }).map(parseJobRow)
}

/**
 * failed or cancelled -> queued, with all its attempts before it.
 *
 * @returns null where it is in another state, or where another one of its kind is at the same thing already
 */
export function requeueJob(database: WritableDatabase, id: number, now: number): Job | null {
  const sql = `UPDATE jobs SET state = 'queued', attempts = 0, run_at = :now, started_at = NULL, finished_at = NULL,
      progress = NULL, error = NULL
    WHERE id = :id AND state IN ('failed', 'cancelled') AND NOT EXISTS (
      SELECT 1 FROM jobs AS other
      WHERE other.unique_key = jobs.unique_key AND other.state IN ('queued', 'running')
    ) RETURNING ${jobColumns}`
  const row = writeReturning<StoredJobRow>(database, sql, { id, now })
  return row === null ? null : parseJobRow(row)
}

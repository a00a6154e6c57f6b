import {
  readAll,
  readOne,
  transaction,
  write,
  writeReturning,
  type ReadableDatabase,
  type WritableDatabase,
} from './connection.ts'
import { jobColumns, parseJobRow, type Job, type JobState, type StoredJobRow } from './job-row.ts'

/** What comes first: work a person waits for, before work nobody waits for. Values between are free to use. */
export const jobPriority = { person: 0, background: 100 } as const

/** A piece of work to be done. */
export interface NewJob {
  readonly kind: string
  /** What the kind needs to know; becomes JSON. */
  readonly payload: unknown
  readonly priority: number
  readonly max_attempts: number
  readonly request_id: string
  readonly generation_id: number | null
  /** While a job with this key waits or runs, no second one is made; null where that does not matter. */
  readonly unique_key: string | null
  /** Not before this time. */
  readonly run_at: number
  readonly created_at: number
}

/**
 * Puts a job in the queue, inside the caller's transaction where there is one: together with the record it belongs to.
 *
 * @returns the new job, or the unfinished one that has the same unique key
 */
export function enqueueJob(database: WritableDatabase, job: NewJob): Job {
  return transaction(database, () => {
    const existing = job.unique_key === null ? null : unfinishedJobWithKey(database, job.unique_key)
    return existing ?? insertJob(database, job)
  })
}

/** One job; null where there is none, as after it was pruned. */
export function getJob(database: ReadableDatabase, id: number): Job | null {
  return parseOrNull(readOne<StoredJobRow>(database, `SELECT ${jobColumns} FROM jobs WHERE id = :id`, { id }))
}

/** The jobs that belong to a picture, oldest first. */
export function jobsOfGeneration(database: ReadableDatabase, generationId: number): Job[] {
  const sql = `SELECT ${jobColumns} FROM jobs WHERE generation_id = :generation_id ORDER BY id`
  return readAll<StoredJobRow>(database, sql, { generation_id: generationId }).map(parseJobRow)
}

/** Cancels a job that still waits; null where it does not wait (any more). */
export function cancelQueuedJob(database: WritableDatabase, id: number, now: number): Job | null {
  const sql = `UPDATE jobs SET state = 'cancelled', finished_at = :now
    WHERE id = :id AND state = 'queued' RETURNING ${jobColumns}`
  return parseOrNull(writeReturning<StoredJobRow>(database, sql, { id, now }))
}

/** The statement behind `waitingPositions`. */
export const waitingPositionsStatement = `SELECT generation_id FROM jobs INDEXED BY jobs_waiting
  WHERE state = 'queued' AND kind = :kind AND generation_id IS NOT NULL ORDER BY priority, run_at, id`

/**
 * The queue positions of every picture that waits for a job of one kind: generation id to position, 0 is next.
 * The map goes from the next one to the last.
 */
export function waitingPositions(database: ReadableDatabase, kind: string): Map<number, number> {
  const rows = readAll<{ generation_id: number }>(database, waitingPositionsStatement, { kind })
  return new Map(rows.map((row, position) => [row.generation_id, position]))
}

/** How many jobs there are of a kind in a state; combinations without any are left out. */
export function countJobs(database: ReadableDatabase): { kind: string; state: JobState; count: number }[] {
  return readAll(database, 'SELECT kind, state, count(*) AS count FROM jobs GROUP BY kind, state')
}

/** When the next waiting job of these kinds may run, for a timer; null where none waits. */
export function nextJobTime(database: ReadableDatabase, kinds: readonly string[]): number | null {
  const sql = `SELECT min(run_at) AS time FROM jobs INDEXED BY jobs_waiting
    WHERE state = 'queued' AND kind IN (SELECT value FROM json_each(:kinds))`
  return readOne<{ time: number | null }>(database, sql, { kinds: JSON.stringify(kinds) })?.time ?? null
}

/** Removes jobs that ended before this time; how many. */
export function pruneJobs(database: WritableDatabase, finishedBefore: number): number {
  return write(database, 'DELETE FROM jobs WHERE finished_at < :finished_before', {
    finished_before: finishedBefore,
  })
}

function insertJob(database: WritableDatabase, job: NewJob): Job {
  const sql = `INSERT INTO jobs
      (kind, payload, priority, max_attempts, request_id, generation_id, unique_key, run_at, created_at)
    VALUES (:kind, :payload, :priority, :max_attempts, :request_id, :generation_id, :unique_key, :run_at, :created_at)
    RETURNING ${jobColumns}`
  const inserted = parseOrNull(
    writeReturning<StoredJobRow>(database, sql, { ...job, payload: JSON.stringify(job.payload) }),
  )
  if (inserted === null) throw new Error('The job was not stored.')
  return inserted
}

function unfinishedJobWithKey(database: ReadableDatabase, uniqueKey: string): Job | null {
  const sql = `SELECT ${jobColumns} FROM jobs WHERE unique_key = :unique_key AND state IN ('queued', 'running')`
  return parseOrNull(readOne<StoredJobRow>(database, sql, { unique_key: uniqueKey }))
}

function parseOrNull(row: StoredJobRow | null): Job | null {
  return row === null ? null : parseJobRow(row)
}

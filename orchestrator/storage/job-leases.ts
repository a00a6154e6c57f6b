import { randomUUID } from 'node:crypto'
import type { Progress } from '../../contracts/entities/generation.ts'
import type { ErrorBody } from '../../contracts/errors.ts'
import { transaction, write, writeReturning, type Parameters, type WritableDatabase } from './connection.ts'
import {
  jobColumns,
  parseJobRow,
  type ClaimedJob,
  type Job,
  type JobLease,
  type StoredJobRow,
} from './job-row.ts'

/*
 * The running part of a job's life. Who claims a job holds a lease; only its holder may report about the job, and only
 * while the job is still running under that lease. A report under a lost lease changes nothing and says so.
 */

/** The statement behind `claimJob`. It names its index, as the planner would rather sort every job of these kinds. */
export const claimStatement = `UPDATE jobs
  SET state = 'running', attempts = attempts + 1, lease_token = :lease_token, lease_until = :lease_until,
    started_at = :now, progress = NULL
  WHERE id = (
    SELECT id FROM jobs INDEXED BY jobs_waiting
    WHERE state = 'queued' AND run_at <= :now AND kind IN (SELECT value FROM json_each(:kinds))
    ORDER BY priority, run_at, id LIMIT 1
  )
  RETURNING ${jobColumns}, lease_token, lease_until`

/**
 * Takes the next job that may run now; null where there is none. Jobs of other kinds are left alone.
 *
 * @param claim.kinds the kinds the caller can do
 * @param claim.leaseMs how long it may stay silent, in milliseconds
 */
export function claimJob(
  database: WritableDatabase,
  claim: { readonly kinds: readonly string[]; readonly now: number; readonly leaseMs: number },
): ClaimedJob | null {
  const row = writeReturning<StoredJobRow & { lease_token: string; lease_until: number }>(
    database,
    claimStatement,
    {
      kinds: JSON.stringify(claim.kinds),
      now: claim.now,
      lease_token: randomUUID(),
      lease_until: claim.now + claim.leaseMs,
    },
  )
  return row === null ? null : parseJobRow(row)
}

/** Prolongs a lease, and tells how far the work is where that is known; false where the lease is lost: stop working. */
export function heartbeatJob(
  database: WritableDatabase,
  lease: JobLease,
  beat: { readonly now: number; readonly leaseMs: number; readonly progress?: Progress },
): boolean {
  const { id, lease_token } = lease
  const sql = `UPDATE jobs SET lease_until = :lease_until, progress = coalesce(:progress, progress) WHERE ${held}`
  const progress = beat.progress === undefined ? null : JSON.stringify(beat.progress)
  return write(database, sql, { id, lease_token, lease_until: beat.now + beat.leaseMs, progress }) === 1
}

/**
 * running -> completed, together with the results.
 *
 * @param keepResults stores what came of the work, in the same transaction; not called where the lease is lost,
 *   and where it throws the job stays running
 * @returns false where the lease is lost
 */
export function completeJob(
  database: WritableDatabase,
  lease: JobLease,
  now: number,
  keepResults: () => void,
): boolean {
  return transaction(database, () => {
    const changes = `state = 'completed', finished_at = :now, error = NULL`
    const completed = changeHeld(database, lease, changes, 'TRUE', { now }) !== null
    if (completed) keepResults()
    return completed
  })
}

/**
 * running -> queued for another attempt, or failed where `retryAt` is null or no attempt is left.
 *
 * @param failure.retryAt when to try again, see `retryDelay`; null where that is of no use
 * @returns the job after it, or null where the lease is lost
 */
export function failJob(
  database: WritableDatabase,
  lease: JobLease,
  failure: { readonly now: number; readonly error: ErrorBody; readonly retryAt: number | null },
): Job | null {
  const { now, retryAt } = failure
  const error = JSON.stringify(failure.error)
  return transaction(database, () => {
    const retried = retryAt === null ? null : retryJob(database, lease, retryAt, error)
    if (retried !== null) return retried
    const changes = `state = 'failed', finished_at = :now, error = :error`
    return changeHeld(database, lease, changes, 'TRUE', { now, error })
  })
}

/**
 * running -> queued, as if it had not been claimed: the attempt does not count. For a graceful shutdown, or to wait for
 * something that is nobody's fault, such as space on the disk.
 *
 * @param runAt when it may be claimed again
 * @returns the job after it, or null where the lease is lost
 */
export function releaseJob(database: WritableDatabase, lease: JobLease, runAt: number): Job | null {
  const changes = `state = 'queued', run_at = :run_at, attempts = attempts - 1, progress = NULL`
  return changeHeld(database, lease, changes, 'TRUE', { run_at: runAt })
}

/** running -> cancelled, once the work has really stopped; null where the lease is lost. */
export function cancelRunningJob(database: WritableDatabase, lease: JobLease, now: number): Job | null {
  return changeHeld(database, lease, `state = 'cancelled', finished_at = :now`, 'TRUE', { now })
}

/**
 * How long to wait before another attempt, in milliseconds: 1 s, 2 s, 4 s and so on up to 60 s, less up to half of it
 * by chance, so that what failed together is not tried again together.
 *
 * @param attempts the attempts so far, at least 1
 * @param random a number from 0 to below 1
 */
export function retryDelay(attempts: number, random: number): number {
  const full = Math.min(60_000, 1000 * 2 ** (attempts - 1))
  return Math.round(full * (1 - random / 2))
}

const held = `id = :id AND state = 'running' AND lease_token = :lease_token`
const leaseGone = 'lease_token = NULL, lease_until = NULL'

function retryJob(database: WritableDatabase, lease: JobLease, retryAt: number, error: string): Job | null {
  const changes = `state = 'queued', run_at = :run_at, error = :error, progress = NULL`
  return changeHeld(database, lease, changes, 'attempts < max_attempts', { run_at: retryAt, error })
}

/** Ends a lease with these changes; null where it is lost or the condition is not met. */
function changeHeld(
  database: WritableDatabase,
  lease: JobLease,
  changes: string,
  condition: string,
  parameters: Parameters,
): Job | null {
  const sql = `UPDATE jobs SET ${changes}, ${leaseGone} WHERE ${held} AND ${condition} RETURNING ${jobColumns}`
  const row = writeReturning<StoredJobRow>(database, sql, {
    ...parameters,
    id: lease.id,
    lease_token: lease.lease_token,
  })
  return row === null ? null : parseJobRow(row)
}

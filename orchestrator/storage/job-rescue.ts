import type { ErrorBody } from '../../contracts/errors.ts'
import { transaction, writeReturningAll, type Parameters, type WritableDatabase } from './connection.ts'
import { jobColumns, parseJobRow, type Job, type StoredJobRow } from './job-row.ts'

/** What became of jobs whose holder is gone. */
export interface RescuedJobs {
  /** Waiting again; the attempt that was lost counts. */
  readonly requeued: Job[]
  /** Given up, because that was the last attempt. */
  readonly failed: Job[]
}

/** The expired leases; the statement is exported for its query plan. */
export const expiredCondition = `state = 'running' AND lease_until <= :now`

/**
 * Takes back jobs whose lease has expired. Call it inside a transaction with what follows from it.
 *
 * @param error the reason that is kept with those that are given up
 */
export function rescueExpiredJobs(database: WritableDatabase, now: number, error: ErrorBody): RescuedJobs {
  return rescue(database, expiredCondition, now, error)
}

/**
 * Takes back every running job at the start of a data folder's only owner: whoever held them is dead.
 *
 * @param error the reason that is kept with those that are given up
 */
export function rescueAllRunningJobs(database: WritableDatabase, now: number, error: ErrorBody): RescuedJobs {
  return rescue(database, `state = 'running'`, now, error)
}

function rescue(database: WritableDatabase, condition: string, now: number, error: ErrorBody): RescuedJobs {
  const parameters = { now, error: JSON.stringify(error) }
  return transaction(database, () => ({
    failed: change(
      database,
      `state = 'failed', finished_at = :now, error = :error`,
      `${condition} AND attempts >= max_attempts`,
      parameters,
    ),
    requeued: change(
      database,
      `state = 'queued', run_at = min(run_at, :now), progress = NULL`,
      condition,
      parameters,
    ),
  }))
}

function change(
  database: WritableDatabase,
  changes: string,
  condition: string,
  parameters: Parameters,
): Job[] {
  const sql = `UPDATE jobs SET ${changes}, lease_token = NULL, lease_until = NULL
    WHERE ${condition} RETURNING ${jobColumns}`
  return writeReturningAll<StoredJobRow>(database, sql, parameters).map(parseJobRow)
}

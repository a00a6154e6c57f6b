import type { Progress } from '../../contracts/entities/generation.ts'
import type { ErrorBody } from '../../contracts/errors.ts'

/** The life of a job; the last three are final. */
export type JobState = 'queued' | 'running' | 'completed' | 'failed' | 'cancelled'

/** One piece of work; times in milliseconds since 1970. */
export interface Job {
  readonly id: number
  readonly kind: string
  readonly state: JobState
  /** The smaller, the sooner; see `jobPriority`. */
  readonly priority: number
  /** Not before this time. */
  readonly run_at: number
  readonly attempts: number
  readonly max_attempts: number
  readonly unique_key: string | null
  readonly request_id: string
  readonly generation_id: number | null
  readonly created_at: number
  readonly started_at: number | null
  readonly finished_at: number | null
  /** What its kind needs to know; whoever does the work checks it. */
  readonly payload: unknown
  readonly progress: Progress | null
  readonly error: ErrorBody | null
}

/** The right to work on a job and to report about it. */
export interface JobLease {
  readonly id: number
  readonly lease_token: string
}

/** A job that was claimed. It has to be reported about, or its lease prolonged, before `lease_until`. */
export type ClaimedJob = Job & JobLease & { readonly lease_until: number }

/** A job with its JSON still as text. */
export type StoredJobRow = Omit<Job, 'payload' | 'progress' | 'error'> & {
  readonly payload: string
  readonly progress: string | null
  readonly error: string | null
}

/** What to select or return to get a `StoredJobRow`. */
export const jobColumns =
  'id, kind, state, priority, run_at, attempts, max_attempts, unique_key, request_id, generation_id, ' +
  'created_at, started_at, finished_at, payload, progress, error'

/** Decodes a job. Its JSON was made by this program, so it is not checked again. */
export function parseJobRow<Row extends StoredJobRow>(
  row: Row,
): Omit<Row, 'payload' | 'progress' | 'error'> & Job {
  return {
    ...row,
    payload: JSON.parse(row.payload) as unknown,
    progress: row.progress === null ? null : (JSON.parse(row.progress) as Progress),
    error: row.error === null ? null : (JSON.parse(row.error) as ErrorBody),
  }
}

import { setTimeout as wait } from 'node:timers/promises'
import { ProductError, toErrorBody, type ErrorBody } from '../../../contracts/errors.ts'
import type { Logger } from '../../foundation/logger.ts'
import { withRequestId } from '../../foundation/request-context.ts'
import { transaction, type WritableDatabase } from '../../storage/connection.ts'
import {
  cancelRunningJob,
  claimJob,
  completeJob,
  failJob,
  heartbeatJob,
  releaseJob,
  retryDelay,
} from '../../storage/job-leases.ts'
import type { ClaimedJob } from '../../storage/job-row.ts'
import { nextJobTime } from '../../storage/jobs.ts'

/** What came of a job. `commit` is written together with the job's new state; `announce` follows once it is on disk. */
export type JobOutcome = {
  readonly announce?: () => void
} & (
  | { readonly type: 'completed'; readonly commit: () => void }
  | { readonly type: 'cancelled'; readonly commit: () => void }
  | {
      readonly type: 'released'
      /** True where every other job would meet the same trouble, so that the runner should pause. */
      readonly hold: boolean
      readonly commit: () => void
    }
  | {
      readonly type: 'failed'
      readonly error: ErrorBody
      readonly retry: boolean
      /** @param state whether the job will be tried again */
      readonly commit: (state: 'queued' | 'failed') => void
    }
)

/** Does the jobs of one kind. What it throws fails the job for good: foreseen failures are outcomes. */
export interface JobWorker {
  readonly kind: string
  /** How many at once. */
  readonly concurrency: number
  /** @param signal aborts when the product stops or the lease is lost */
  run(job: ClaimedJob, signal: AbortSignal): Promise<JobOutcome>
  /** Marks the record behind a job that ended in a bug, in the same transaction. */
  onBug?(job: ClaimedJob, error: ErrorBody): void
  /** Called last, whatever came of the job. */
  onSettled?(job: ClaimedJob): void
}

const leaseMs = 30_000
const heartbeatMs = 10_000
const longestNapMs = 30_000

/** How long to pause where no job can be done or stored. */
const holdMs = 5000

/** Claims jobs of one kind as they come due, and does them. */
export class JobRunner {
  readonly #database: WritableDatabase
  readonly #worker: JobWorker
  readonly #logger: Logger
  readonly #onSettled: (job: ClaimedJob) => void
  readonly #stopping = new AbortController()
  readonly #running = new Set<Promise<void>>()
  #timer: NodeJS.Timeout | undefined
  #started = false
  #heldUntil = 0

  /** @param onSettled called after each attempt, whatever came of it */
  constructor(
    database: WritableDatabase,
    worker: JobWorker,
    logger: Logger,
    onSettled: (job: ClaimedJob) => void = () => undefined,
  ) {
    this.#onSettled = onSettled
    this.#database = database
    this.#worker = worker
    this.#logger = logger
  }

  /** Begins to take jobs; nothing is claimed before. */
  start(): void {
    this.#started = true
    this.wake()
  }

  /** Looks for work now, as after a job was enqueued. */
  wake(): void {
    clearTimeout(this.#timer)
    while (this.#started && !this.#stopping.signal.aborted && this.#running.size < this.#worker.concurrency) {
      const job = this.#claim()
      if (job === null) return this.#sleep()
      const work = withRequestId(job.request_id, () => this.#do(job))
      this.#running.add(work)
      void work.finally(() => {
        this.#running.delete(work)
        this.wake()
      })
    }
  }

  /** Ends a pause: what was in the way is mended. */
  resume(): void {
    this.#heldUntil = 0
    this.wake()
  }

  /** Stops taking jobs, asks running ones to stop and waits until they have given theirs back. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer)
    this.#stopping.abort()
    await Promise.all(this.#running)
  }

  #claim(): ClaimedJob | null {
    if (Date.now() < this.#heldUntil) return null
    try {
      return claimJob(this.#database, { kinds: [this.#worker.kind], now: Date.now(), leaseMs })
    } catch (error) {
      // A full disk lets nobody write; the jobs wait where they are.
      this.#logger.error({ err: error }, 'no job could be claimed')
      this.#hold()
      return null
    }
  }

  #hold(): void {
    this.#heldUntil = Date.now() + holdMs
  }

  #sleep(): void {
    const next = nextJobTime(this.#database, [this.#worker.kind])
    const due = next === null ? Infinity : Math.max(next, this.#heldUntil) - Date.now()
    this.#timer = setTimeout(() => this.wake(), Math.min(Math.max(due, 50), longestNapMs))
    this.#timer.unref()
  }

  async #do(job: ClaimedJob): Promise<void> {
    const lost = new AbortController()
    const beat = setInterval(() => this.#beat(job, lost), heartbeatMs)
    const began = performance.now()
    try {
      const outcome = await this.#worker.run(job, AbortSignal.any([this.#stopping.signal, lost.signal]))
      this.#log(job, outcome, performance.now() - began)
      if (await this.#settleInTime(job, outcome)) outcome.announce?.()
    } catch (error) {
      this.#logger.error({ err: error, job: job.id }, 'a job ended in a bug')
      this.#settleBug(job, toErrorBody(error, job.request_id))
    } finally {
      clearInterval(beat)
      this.#worker.onSettled?.(job)
      this.#onSettled(job)
    }
  }

  #log({ id, kind, attempts }: ClaimedJob, outcome: JobOutcome, milliseconds: number): void {
    const error = outcome.type === 'failed' ? { error_code: outcome.error.code } : {}
    this.#logger.info(
      {
        job: id,
        kind,
        attempt: attempts,
        outcome: outcome.type,
        duration_ms: Math.round(milliseconds),
        ...error,
      },
      'an attempt at a job ended',
    )
  }

  #beat(job: ClaimedJob, lost: AbortController): void {
    try {
      if (!heartbeatJob(this.#database, job, { now: Date.now(), leaseMs })) lost.abort()
    } catch (error) {
      // One beat that could not be written ends no lease.
      this.#logger.error({ err: error, job: job.id }, 'a heartbeat could not be stored')
    }
  }

  /** Writes what came of a job, once there is room for it: a full disk must not turn what was made into a failure. */
  async #settleInTime(job: ClaimedJob, outcome: JobOutcome): Promise<boolean> {
    for (;;) {
      try {
        return this.#settle(job, outcome)
      } catch (error) {
        if (!(error instanceof ProductError) || error.code !== 'disk_full') throw error
        this.#logger.error({ err: error, job: job.id }, 'the end of a job waits for space on the disk')
      }
      await wait(holdMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined)
      // The next start takes the job back.
      if (this.#stopping.signal.aborted) return false
    }
  }

  /** Writes what came of a job; false where the lease was lost and nothing may be written. */
  #settle(job: ClaimedJob, outcome: JobOutcome): boolean {
    return transaction(this.#database, () => this.#write(job, outcome, Date.now()))
  }

  #write(job: ClaimedJob, outcome: JobOutcome, now: number): boolean {
    switch (outcome.type) {
      case 'completed':
        return completeJob(this.#database, job, now, outcome.commit)
      case 'cancelled':
        return thenCommit(cancelRunningJob(this.#database, job, now), outcome.commit)
      case 'released':
        if (outcome.hold) this.#hold()
        // It keeps its place in the queue.
        return thenCommit(releaseJob(this.#database, job, job.run_at), outcome.commit)
      case 'failed': {
        const retryAt = outcome.retry ? now + retryDelay(job.attempts, Math.random()) : null
        const after = failJob(this.#database, job, { now, error: outcome.error, retryAt })
        return thenCommit(after, () => outcome.commit(after?.state === 'queued' ? 'queued' : 'failed'))
      }
    }
  }

  #settleBug(job: ClaimedJob, error: ErrorBody): void {
    try {
      this.#settle(job, {
        type: 'failed',
        error,
        retry: false,
        commit: () => this.#worker.onBug?.(job, error),
      })
    } catch (failure) {
      // The next start takes the job back.
      this.#logger.error({ err: failure, job: job.id }, 'the end of a job could not be stored')
    }
  }
}

function thenCommit(after: object | null, commit: () => void): boolean {
  if (after !== null) commit()
  return after !== null
}

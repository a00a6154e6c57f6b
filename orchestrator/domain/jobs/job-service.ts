import type { CapabilityOutput, CheckedInput } from '../../../contracts/capabilities/index.ts'
import type { JobView } from '../../../contracts/entities/job.ts'
import { ProductError } from '../../../contracts/errors.ts'
import { transaction, type WritableDatabase } from '../../storage/connection.ts'
import { requeueGeneration } from '../../storage/generation-states.ts'
import { listJobs, requeueJob } from '../../storage/job-list.ts'
import type { Job } from '../../storage/job-row.ts'
import { cancelQueuedJob, getJob } from '../../storage/jobs.ts'
import type { EventBus } from '../event-bus.ts'
import { generateKind, type GenerationViews } from '../generation/generation-views.ts'
import { announceQueue } from '../generation/queue-watch.ts'
import { importKind } from '../transfer/import-job.ts'
import { quotePrompt } from '../generation/quote-prompt.ts'

interface JobParts {
  readonly database: WritableDatabase
  readonly events: EventBus
  readonly views: GenerationViews
  /** Cancels a picture that waits or is being made. */
  readonly cancelGeneration: (id: string) => Promise<unknown>
  /** Stops an import that waits or is at work. */
  readonly cancelImport: (job: Job) => Promise<unknown>
  /** Called when there is a job of this kind to do. */
  readonly onQueued: (kind: string) => void
}

/** Shows the work there is, and lets people try a job again or take one back. */
export class JobService {
  readonly #parts: JobParts

  constructor(parts: JobParts) {
    this.#parts = parts
  }

  list({ state, cursor, limit }: CheckedInput<'list_jobs'>): CapabilityOutput<'list_jobs'> {
    const found = listJobs(this.#parts.database, {
      state: state ?? null,
      cursor: cursor ?? null,
      limit: limit + 1,
    })
    const jobs = found.slice(0, limit).map(toView)
    return { jobs, next_cursor: found.length > limit ? (jobs.at(-1)?.id ?? null) : null }
  }

  /**
   * Puts a job back in the queue, together with the picture it is to make.
   *
   * @throws ProductError `job_not_retryable` where it did not fail, is done by another one, or its picture is in the bin
   */
  retry(id: number): JobView {
    const { database, events, views } = this.#parts
    const { kind, generation_id: generationId } = this.#require(id)
    const isPicture = kind === generateKind && generationId !== null
    transaction(database, () => {
      const queued = requeueJob(database, id, Date.now())
      if (queued === null) throw new ProductError('job_not_retryable')
      if (isPicture && requeueGeneration(database, generationId) === null)
        throw new ProductError('job_not_retryable')
    })
    if (isPicture) {
      const generation = views.one(generationId)
      events.publish(
        { type: 'generation-queued', generation },
        `${quotePrompt(generation)} was queued again.`,
      )
      announceQueue(database, events)
    }
    this.#parts.onQueued(kind)
    return this.#tell(id, 'was queued again')
  }

  /** @throws ProductError `job_not_cancellable` where it is over, or runs and is neither picture nor import */
  async cancel(id: number): Promise<JobView> {
    const { database } = this.#parts
    const job = this.#require(id)
    const { kind, state, generation_id: generationId } = job
    const isOver = state !== 'queued' && state !== 'running'
    if (kind === generateKind && generationId !== null && !isOver) {
      await this.#parts.cancelGeneration(String(generationId)).catch((error: unknown) => {
        const finished = error instanceof ProductError && error.code === 'generation_not_cancellable'
        throw finished ? new ProductError('job_not_cancellable') : error
      })
    } else if (kind === importKind && !isOver) {
      await this.#parts.cancelImport(job)
    } else if (cancelQueuedJob(database, id, Date.now()) === null) {
      throw new ProductError('job_not_cancellable')
    }
    return this.#tell(id, 'was cancelled')
  }

  /** Tells of a job that was given up just now; what else becomes of jobs is told of their pictures. */
  announceGivenUp(id: number): void {
    if (getJob(this.#parts.database, id)?.state === 'failed') this.#tell(id, 'was given up')
  }

  #tell(id: number, what: string): JobView {
    const job = toView(this.#require(id))
    this.#parts.events.publish({ type: 'job-changed', job }, `The job ${job.kind} ${job.id} ${what}.`)
    return job
  }

  #require(id: number): Job {
    const job = getJob(this.#parts.database, id)
    if (job === null) throw new ProductError('job_not_found')
    return job
  }
}

function toView(job: Job): JobView {
  return {
    id: job.id,
    kind: job.kind,
    state: job.state,
    generation: job.generation_id === null ? null : String(job.generation_id),
    priority: job.priority,
    attempts: job.attempts,
    max_attempts: job.max_attempts,
    error: job.error,
    request_id: job.request_id,
    run_at: new Date(job.run_at).toISOString(),
    created_at: new Date(job.created_at).toISOString(),
    started_at: isoTimeOrNull(job.started_at),
    finished_at: isoTimeOrNull(job.finished_at),
  }
}

function isoTimeOrNull(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString()
}

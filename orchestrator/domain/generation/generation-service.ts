import type { Call, CapabilityOutput, CheckedInput } from '../../../contracts/capabilities/index.ts'
import type { Generation } from '../../../contracts/entities/generation.ts'
import { ProductError } from '../../../contracts/errors.ts'
import { getCollection } from '../../storage/collections.ts'
import { transaction } from '../../storage/connection.ts'
import { listGenerations } from '../../storage/generation-list.ts'
import { placeOfCursor } from '../../storage/page-cursors.ts'
import {
  markGenerationCancelled,
  moveGenerationToBin,
  takeGenerationFromBin,
} from '../../storage/generation-states.ts'
import { cancelQueuedJob, jobsOfGeneration } from '../../storage/jobs.ts'
import { findGeneration } from './find-generation.ts'
import type { GenerateJob } from './generate-job.ts'
import { generateKind } from './generation-views.ts'
import { announceQueue } from './queue-watch.ts'
import { quotePrompt } from './quote-prompt.ts'
import { requestPictures, type RequestParts } from './request-pictures.ts'
import { waitForEnd } from './wait-for-end.ts'

interface ServiceParts extends RequestParts {
  readonly job: GenerateJob
}

/** What people and agents do with pictures: ask for them, look at them, cancel them, put them in the bin. */
export class GenerationService {
  readonly #parts: ServiceParts

  constructor(parts: ServiceParts) {
    this.#parts = parts
  }

  /** Asks for pictures, or for an estimate of them. */
  generate(input: CheckedInput<'generate'>, call: Call): Promise<CapabilityOutput<'generate'>> {
    return requestPictures(this.#parts, input, call)
  }

  /** Shows a picture, after its end where the caller waits for that. */
  async look(
    { generation, wait_seconds: seconds }: CheckedInput<'get_generation'>,
    call: Call,
  ): Promise<Generation> {
    const id = findGeneration(this.#parts.database, generation, call.client)
    this.#parts.views.row(id)
    await waitForEnd(this.#parts, [id], seconds ?? 0, call)
    return this.#parts.views.one(id)
  }

  get(id: string): Generation {
    return this.#parts.views.one(Number(id))
  }

  /** @throws ProductError `collection_not_found` */
  list(query: CheckedInput<'list_generations'>): CapabilityOutput<'list_generations'> {
    const { database } = this.#parts
    const collection = query.collection ?? null
    if (collection !== null && getCollection(database, collection) === null)
      throw new ProductError('collection_not_found')
    const { rows, nextCursor, previousCursor } = listGenerations(database, {
      cursor: query.cursor === undefined ? null : placeOfCursor(query.cursor),
      direction: query.direction,
      limit: query.limit,
      state: query.state ?? null,
      deleted: query.deleted,
      collection,
    })
    return {
      generations: this.#parts.views.of(rows),
      next_cursor: nextCursor === null ? null : String(nextCursor),
      previous_cursor: previousCursor === null ? null : String(previousCursor),
    }
  }

  /**
   * Cancels a picture. One that waits is cancelled at once; for one at work this resolves when the engine has stopped.
   *
   * @throws ProductError `generation_not_cancellable` where it is finished, or finished before the engine could stop
   */
  async cancel(reference: string, call: Call = { client: 'local' }): Promise<Generation> {
    const number = findGeneration(this.#parts.database, reference, call.client)
    const id = String(number)
    this.#parts.views.row(number)
    if (!this.#cancelQueued(number)) await this.#parts.job.cancel(number)
    const generation = this.get(id)
    if (generation.state === 'cancelled') return generation
    // An attempt that failed while it was being cancelled waits for its retry now.
    if (generation.state === 'queued' && this.#cancelQueued(number)) return this.get(id)
    throw new ProductError('generation_not_cancellable')
  }

  delete(id: string): Generation {
    const row = this.#parts.views.row(Number(id))
    if (row.finished_at === null) throw new ProductError('generation_not_finished')
    const moved = moveGenerationToBin(this.#parts.database, row.id, Date.now()) !== null
    const generation = this.get(id)
    if (moved)
      this.#parts.events.publish(
        { type: 'generation-deleted', generation },
        `${quotePrompt(generation)} was moved to the bin.`,
      )
    return generation
  }

  restore(id: string): Generation {
    const row = this.#parts.views.row(Number(id))
    const taken = takeGenerationFromBin(this.#parts.database, row.id) !== null
    const generation = this.get(id)
    if (taken)
      this.#parts.events.publish(
        { type: 'generation-restored', generation },
        `${quotePrompt(generation)} was brought back.`,
      )
    return generation
  }

  #cancelQueued(id: number): boolean {
    const { database, events } = this.#parts
    const cancelled = transaction(database, () => {
      const waiting = jobsOfGeneration(database, id).find(
        ({ kind, state }) => kind === generateKind && state === 'queued',
      )
      if (waiting === undefined || cancelQueuedJob(database, waiting.id, Date.now()) === null) return false
      return markGenerationCancelled(database, id, Date.now()) !== null
    })
    if (!cancelled) return false
    const generation = this.#parts.views.one(id)
    events.publish({ type: 'generation-cancelled', generation }, `${quotePrompt(generation)} was cancelled.`)
    announceQueue(database, events)
    return true
  }
}

import { randomInt } from 'node:crypto'
import type { CapabilityOutput, CheckedInput } from '../../../contracts/capabilities/index.ts'
import type { Generation } from '../../../contracts/entities/generation.ts'
import type { Preset } from '../../../contracts/entities/preset.ts'
import type { Recipe } from '../../../contracts/entities/recipe.ts'
import { ProductError } from '../../../contracts/errors.ts'
import { chooseRequestId, currentRequestId } from '../../foundation/request-context.ts'
import { getCollection } from '../../storage/collections.ts'
import { transaction, type WritableDatabase } from '../../storage/connection.ts'
import { putGenerationFile } from '../../storage/generation-files.ts'
import { listGenerations } from '../../storage/generation-list.ts'
import { placeOfCursor } from '../../storage/page-cursors.ts'
import {
  markGenerationCancelled,
  moveGenerationToBin,
  takeGenerationFromBin,
} from '../../storage/generation-states.ts'
import { insertGeneration } from '../../storage/generations.ts'
import { cancelQueuedJob, enqueueJob, jobPriority, jobsOfGeneration } from '../../storage/jobs.ts'
import type { EventBus } from '../event-bus.ts'
import type { SourcePictures } from '../pictures/source-pictures.ts'
import type { PresetLibrary } from '../presets/preset-library.ts'
import { requireDiskSpace } from '../system/disk-space.ts'
import type { GenerateJob } from './generate-job.ts'
import { generateKind, type GenerationViews } from './generation-views.ts'
import { sortPromptWords } from '../../../contracts/prompt-words.ts'
import { announceQueue, readQueue } from './queue-watch.ts'
import { quotePrompt } from './quote-prompt.ts'
import { resolveRecipe, type SourcePicture } from './resolve-recipe.ts'
import { findStyle } from '../styles/find-style.ts'
import { styleRequest } from '../styles/styled-request.ts'

interface ServiceParts {
  readonly database: WritableDatabase
  readonly dataFolder: string
  readonly events: EventBus
  readonly views: GenerationViews
  readonly presets: PresetLibrary
  readonly sources: SourcePictures
  readonly job: GenerateJob
  readonly nextId: () => number
  readonly queueLimit: number
  /** Called when there is a picture to make. */
  readonly onQueued: () => void
}

const seedCount = 2 ** 32

/** One attempt and one retry. */
const mostAttempts = 2

/** What people and agents do with pictures: ask for them, look at them, cancel them, put them in the bin. */
export class GenerationService {
  readonly #parts: ServiceParts

  constructor(parts: ServiceParts) {
    this.#parts = parts
  }

  /** Stores what is wanted and puts it in the queue: each picture a row and a job of its own, all or none of them. */
  async generate(input: CheckedInput<'generate'>): Promise<CapabilityOutput<'generate'>> {
    const { database, presets, sources, views } = this.#parts
    const style = input.style === undefined ? null : findStyle(database, input.style)
    const preset = input.preset === undefined ? await presets.first() : await presets.get(input.preset)
    await presets.requireUsable(preset)
    await requireDiskSpace(this.#parts.dataFolder)
    const source = sources.find(input)
    const styled = styleRequest(input, style, preset)
    const firstSeed = input.seed ?? randomInt(seedCount)
    const recipes = Array.from({ length: input.count ?? 1 }, (_, index) => ({
      ...resolveRecipe(styled.input, preset, source, (firstSeed + index) % seedCount),
      ...styled.marks,
    }))
    const ids = this.#store(recipes, preset, source)
    const generations = ids.map((id) => views.one(id))
    for (const generation of generations) {
      this.#parts.events.publish(
        { type: 'generation-queued', generation },
        `${quotePrompt(generation)} was queued.`,
      )
    }
    this.#parts.onQueued()
    announceQueue(this.#parts.database, this.#parts.events)
    return { generations }
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
  async cancel(id: string): Promise<Generation> {
    const number = Number(id)
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

  #store(recipes: readonly Recipe[], preset: Preset, source: SourcePicture | null): number[] {
    const { database, nextId, queueLimit, sources } = this.#parts
    const file = source === null ? null : sources.fileOf(source)
    const requestId = currentRequestId() ?? chooseRequestId(undefined)
    return transaction(database, () => {
      if (readQueue(database).waiting + recipes.length > queueLimit) throw new ProductError('queue_full')
      return recipes.map((recipe) => {
        const id = nextId()
        const now = Date.now()
        const prompt_words =
          preset.vocabulary === null ? null : sortPromptWords(recipe.prompt, preset.vocabulary)
        insertGeneration(database, { id, recipe, prompt_words, request_id: requestId, created_at: now })
        if (file !== null) putGenerationFile(database, { ...file, generation_id: id })
        enqueueJob(database, {
          kind: generateKind,
          payload: { generation_id: id },
          priority: jobPriority.person,
          max_attempts: mostAttempts,
          request_id: requestId,
          generation_id: id,
          unique_key: `${generateKind}:${id}`,
          run_at: now,
          created_at: now,
        })
        return id
      })
    })
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

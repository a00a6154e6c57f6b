import type { Recipe } from '../../../contracts/entities/recipe.ts'
import { ProductError, type ErrorBody } from '../../../contracts/errors.ts'
import { productVersion } from '../../foundation/version.ts'
import type { WritableDatabase } from '../../storage/connection.ts'
import { putGenerationFile } from '../../storage/generation-files.ts'
import {
  markGenerationCancelled,
  markGenerationCompleted,
  markGenerationFailed,
  returnGenerationToQueue,
} from '../../storage/generation-states.ts'
import { putMemoryPlan } from '../../storage/memory-plans.ts'
import { writePictureFile } from '../../storage/picture-files.ts'
import { picturePath } from '../../storage/picture-paths.ts'
import { writePngRecipe } from '../../storage/png-recipe.ts'
import type { EventBus } from '../event-bus.ts'
import type { JobOutcome } from '../jobs/job-runner.ts'
import { enqueueThumbnail } from '../pictures/enqueue-thumbnail.ts'
import { enqueueAutotag } from '../tags/autotag-job.ts'
import { quotePrompt } from './quote-prompt.ts'
import type { GenerationViews } from './generation-views.ts'
import type { FittedPicture } from './make-within-memory.ts'
import { announceQueue } from './queue-watch.ts'

export interface OutcomeParts {
  readonly database: WritableDatabase
  readonly dataFolder: string
  readonly events: EventBus
  readonly views: GenerationViews
  /** Called when there is a thumbnail to make, and tags to find. */
  readonly onCompleted: () => void
}

/** What the ends of an attempt mean: which rows change together with the job, and what is told afterwards. */
export class GenerateOutcomes {
  readonly #parts: OutcomeParts

  constructor(parts: OutcomeParts) {
    this.#parts = parts
  }

  tellStarted(id: number): void {
    const generation = this.#parts.views.one(id)
    this.#parts.events.publish(
      { type: 'generation-started', generation },
      `Work on ${quotePrompt(generation)} began.`,
    )
    this.#announceQueue()
  }

  /** The picture is on the disk before its row says so: a crash in between leaves a row that is done again. */
  async completed(id: number, recipe: Recipe, { picture, plan }: FittedPicture): Promise<JobOutcome> {
    const { database, dataFolder, events, views } = this.#parts
    const png = writePngRecipe(picture.png, recipe, productVersion)
    if (png === null) throw new ProductError('engine_failed', 'The engine gave something that is not a PNG.')
    const file = await writePictureFile(dataFolder, picturePath(id, 'original'), png)
    return {
      type: 'completed',
      commit: () => {
        const { width, height } = picture
        putGenerationFile(database, {
          generation_id: id,
          role: 'original',
          ...file,
          width,
          height,
          mime: 'image/png',
        })
        markGenerationCompleted(database, id, Date.now(), recipe)
        putMemoryPlan(database, id, plan)
        enqueueThumbnail(database, id, views.row(id).request_id)
        enqueueAutotag(database, id, views.row(id).request_id)
      },
      announce: () => {
        const generation = views.one(id)
        events.publish(
          { type: 'generation-completed', generation },
          `${quotePrompt(generation)} is finished.`,
        )
        this.#announceQueue()
        this.#parts.onCompleted()
      },
    }
  }

  cancelled(id: number): JobOutcome {
    return {
      type: 'cancelled',
      commit: () => void markGenerationCancelled(this.#parts.database, id, Date.now()),
      announce: () => {
        const generation = this.#parts.views.one(id)
        this.#parts.events.publish(
          { type: 'generation-cancelled', generation },
          `${quotePrompt(generation)} was cancelled.`,
        )
        this.#announceQueue()
      },
    }
  }

  /** Gives the picture back to the queue without counting the attempt; a reason holds the queue for a while. */
  released(id: number, error: ErrorBody | null): JobOutcome {
    const { database, events, views } = this.#parts
    return {
      type: 'released',
      hold: error !== null,
      commit: () => void returnGenerationToQueue(database, id, { countAttempt: false, error }),
      announce: () => {
        const generation = views.one(id)
        if (error !== null)
          events.publish(
            { type: 'generation-updated', generation },
            `${quotePrompt(generation)} waits: ${error.message}`,
          )
        this.#announceQueue()
      },
    }
  }

  /** A failed attempt: tried again where that may help and an attempt is left, else the end. */
  failed(id: number, error: ErrorBody, retry: boolean): Extract<JobOutcome, { type: 'failed' }> {
    const { database, events, views } = this.#parts
    return {
      type: 'failed',
      error,
      retry,
      commit: (state) => {
        if (state === 'queued') returnGenerationToQueue(database, id, { countAttempt: true, error })
        else markGenerationFailed(database, id, Date.now(), error)
      },
      announce: () => {
        const generation = views.one(id)
        const again = generation.state === 'queued'
        const message = again
          ? `${quotePrompt(generation)} will be tried again: ${error.message}`
          : `${quotePrompt(generation)} failed: ${error.message}`
        events.publish(
          { type: again ? 'generation-retried' : 'generation-failed', generation, error },
          message,
        )
        this.#announceQueue()
      },
    }
  }

  #announceQueue(): void {
    announceQueue(this.#parts.database, this.#parts.events)
  }
}

import { z } from 'zod'
import type { Progress } from '../../../contracts/entities/generation.ts'
import type { Recipe } from '../../../contracts/entities/recipe.ts'
import { ProductError, toErrorBody, type ErrorBody, type ErrorCode } from '../../../contracts/errors.ts'
import type { ImageRequest } from '../../../contracts/worker.ts'
import type { ClaimedJob } from '../../storage/job-row.ts'
import { markGenerationStarted } from '../../storage/generation-states.ts'
import { putMemoryPlan } from '../../storage/memory-plans.ts'
import type { JobOutcome, JobWorker } from '../jobs/job-runner.ts'
import { requireDiskSpace } from '../system/disk-space.ts'
import { GenerateOutcomes, type OutcomeParts } from './generate-outcomes.ts'
import { generateKind } from './generation-views.ts'
import { ImageTask, type MadePicture } from './image-worker.ts'
import { makeWithinMemory, type FittedPicture, type MakeOnce } from './make-within-memory.ts'
import { toImageRequest } from './worker-request.ts'
import type { MemoryService } from '../memory/memory-service.ts'
import { readRequestPngs } from '../pictures/request-pngs.ts'
import type { SourcePictures } from '../pictures/source-pictures.ts'
import type { PresetLibrary } from '../presets/preset-library.ts'
import type { Supervisor } from '../../supervision/supervisor.ts'

export const generatePayloadSchema = z.strictObject({ generation_id: z.int() })

/** Failures that say nothing against the request, so that the same one may well succeed when it is tried again. */
const worthRetrying: readonly ErrorCode[] = ['engine_failed', 'engine_hung', 'worker_unavailable']

/** Failures that would meet every picture: the queue waits until they are mended. */
const holdsTheQueue: readonly ErrorCode[] = ['disk_full', 'data_folder_read_only', 'worker_failed']

/** A picture at work, and whoever waits for its end. */
interface Work {
  task: ImageTask | null
  cancelled: boolean
  readonly settled: PromiseWithResolvers<void>
}

interface JobParts extends OutcomeParts {
  readonly presets: PresetLibrary
  readonly sources: SourcePictures
  readonly supervisor: Supervisor
  readonly memory: MemoryService
  /** Frees the engine from work that nobody waits for. */
  readonly makeWay: () => Promise<void>
}

/** Makes pictures, one after the other: from a row that says `queued` to a file on the disk and a row that says `completed`. */
export class GenerateJob implements JobWorker {
  readonly kind = generateKind
  readonly concurrency = 1
  readonly #parts: JobParts
  readonly #outcomes: GenerateOutcomes
  readonly #atWork = new Map<number, Work>()

  constructor(parts: JobParts) {
    this.#parts = parts
    this.#outcomes = new GenerateOutcomes(parts)
  }

  async run(job: ClaimedJob, signal: AbortSignal): Promise<JobOutcome> {
    const id = generationOf(job)
    this.#atWork.set(id, { task: null, cancelled: false, settled: Promise.withResolvers() })
    try {
      // What held it back before and still does is not told again at each try.
      const obstacle = await this.#findObstacle()
      if (obstacle !== null && this.#parts.views.row(id).error?.code === obstacle) {
        return { type: 'released', hold: true, commit: () => undefined }
      }
      const row = markGenerationStarted(this.#parts.database, id, Date.now())
      // A job whose picture does not wait any more has nothing to do.
      if (row === null) return { type: 'completed', commit: () => undefined }
      this.#outcomes.tellStarted(id)
      const made = await this.#make(id, row.recipe, signal)
      return made === null
        ? this.#outcomes.cancelled(id)
        : await this.#outcomes.completed(id, made.recipe, made)
    } catch (error) {
      if (signal.aborted) return this.#outcomes.released(id, null)
      return this.#judge(id, job, error)
    } finally {
      this.#parts.views.setProgress(id, null)
    }
  }

  onBug(job: ClaimedJob, error: ErrorBody): void {
    this.#outcomes.failed(generationOf(job), error, false).commit('failed')
  }

  onSettled(job: ClaimedJob): void {
    const id = generationOf(job)
    this.#atWork.get(id)?.settled.resolve()
    this.#atWork.delete(id)
  }

  /**
   * Stops a picture that is being made.
   *
   * @returns false where it is not at work; otherwise once the engine has stopped and that is stored
   */
  async cancel(id: number): Promise<boolean> {
    const work = this.#atWork.get(id)
    if (work === undefined) return false
    work.cancelled = true
    await work.task?.cancel()
    await work.settled.promise
    return true
  }

  /** The code of what would hold the queue right now; null where nothing does. */
  async #findObstacle(): Promise<ErrorCode | null> {
    if (this.#parts.supervisor.status.state === 'failed') return 'worker_failed'
    return requireDiskSpace(this.#parts.dataFolder).then(
      () => null,
      () => 'disk_full' as const,
    )
  }

  /** @returns null when it was cancelled */
  async #make(
    id: number,
    recipe: Recipe,
    signal: AbortSignal,
  ): Promise<(FittedPicture & { recipe: Recipe }) | null> {
    const { presets, sources, memory, database } = this.#parts
    this.#tellProgress(id, {
      phase: 'preparing',
      step: 0,
      total: recipe.steps,
      elapsed_ms: 0,
      remaining_ms: null,
    })
    await requireDiskSpace(this.#parts.dataFolder)
    const preset = await presets.get(recipe.preset.id)
    const files = await presets.prepare(preset)
    const pngs = await readRequestPngs(sources, recipe)
    await this.#parts.makeWay()
    const make: MakeOnce = (way) =>
      this.#makeOnce(id, toImageRequest(recipe, preset.files, pngs, way), signal)
    const order = { generation: id, recipe, files: preset.files }
    const made = await makeWithinMemory(memory, order, make, (plan) => putMemoryPlan(database, id, plan))
    if (made === null) return null
    return {
      ...made,
      recipe: {
        ...recipe,
        // What a person asked for stays, also where a picture is too small to be divided.
        vae_tiling: recipe.vae_tiling || made.plan.tile_side !== null,
        engine: made.picture.engine,
        preset: { ...recipe.preset, files },
      },
    }
  }

  /** @returns null when it was cancelled */
  async #makeOnce(id: number, request: ImageRequest, signal: AbortSignal): Promise<MadePicture | null> {
    const work = this.#atWork.get(id)
    if (work?.cancelled === true) return null
    signal.throwIfAborted()
    const task = new ImageTask(this.#parts.supervisor, request)
    if (work !== undefined) work.task = task
    const stop = () => void task.cancel()
    signal.addEventListener('abort', stop)
    try {
      const picture = await task.run((progress) => this.#tellProgress(id, progress))
      signal.throwIfAborted()
      return picture
    } finally {
      signal.removeEventListener('abort', stop)
    }
  }

  #judge(id: number, job: ClaimedJob, error: unknown): JobOutcome {
    if (!(error instanceof ProductError)) throw error
    const body = toErrorBody(error, job.request_id)
    if (holdsTheQueue.includes(error.code)) return this.#outcomes.released(id, body)
    return this.#outcomes.failed(id, body, worthRetrying.includes(error.code))
  }

  #tellProgress(id: number, progress: Progress): void {
    this.#parts.views.setProgress(id, progress)
    this.#parts.events.publish(
      { type: 'generation-progressed', generation_id: String(id), progress },
      `${progress.phase} ${progress.step}/${progress.total}`,
    )
  }
}

function generationOf(job: ClaimedJob): number {
  return generatePayloadSchema.parse(job.payload).generation_id
}

import sharp from 'sharp'
import { z } from 'zod'
import type { Preset } from '../../../contracts/entities/preset.ts'
import type { Recipe } from '../../../contracts/entities/recipe.ts'
import { ProductError, toErrorBody, type ErrorCode } from '../../../contracts/errors.ts'
import type { WritableDatabase } from '../../storage/connection.ts'
import type { ClaimedJob } from '../../storage/job-row.ts'
import { writePictureFile } from '../../storage/picture-files.ts'
import { stylePreviewPath } from '../../storage/picture-paths.ts'
import { getStyle } from '../../storage/style-list.ts'
import { putStylePreview } from '../../storage/style-previews.ts'
import type { StyleRow } from '../../storage/style-row.ts'
import type { Supervisor } from '../../supervision/supervisor.ts'
import type { EventBus } from '../event-bus.ts'
import { ImageTask, type MadePicture } from '../generation/image-worker.ts'
import { readQueue } from '../generation/queue-watch.ts'
import { resolveRecipe } from '../generation/resolve-recipe.ts'
import type { MemoryService, PreparedMemory } from '../memory/memory-service.ts'
import { toImageRequest } from '../generation/worker-request.ts'
import { noPngs } from '../pictures/request-pngs.ts'
import type { JobOutcome, JobWorker } from '../jobs/job-runner.ts'
import type { PresetLibrary } from '../presets/preset-library.ts'
import { requireDiskSpace } from '../system/disk-space.ts'
import { previewUrl, showsTheSame } from './style-content.ts'
import { styleRequest } from './styled-request.ts'

export const stylePreviewKind = 'style_preview'

export const stylePreviewPayloadSchema = z.strictObject({ style_id: z.int() })

/** What every preview shows, so that only the style differs. The built-in model draws it well. */
const previewPrompt = 'a red boat on the sea'
const previewSeed = 7

/** The longest side of a preview as it is kept, in pixels. */
const previewSide = 320

/** Reasons to wait that say nothing against the preview. */
const waitsFor: readonly ErrorCode[] = ['worker_busy', 'disk_full', 'data_folder_read_only', 'worker_failed']
const worthRetrying: readonly ErrorCode[] = ['engine_failed', 'engine_hung', 'worker_unavailable']

interface PreviewParts {
  readonly database: WritableDatabase
  readonly dataFolder: string
  readonly events: EventBus
  readonly presets: PresetLibrary
  readonly supervisor: Supervisor
  readonly memory: MemoryService
}

/** Makes the small pictures that show styles. It works while no picture is wanted, and gives way at once when one is. */
export class StylePreviewJob implements JobWorker {
  readonly kind = stylePreviewKind
  readonly concurrency = 1
  readonly #parts: PreviewParts
  #current: { readonly task: ImageTask; readonly ended: Promise<unknown> } | null = null

  constructor(parts: PreviewParts) {
    this.#parts = parts
  }

  async run(job: ClaimedJob, signal: AbortSignal): Promise<JobOutcome> {
    const style = getStyle(this.#parts.database, stylePreviewPayloadSchema.parse(job.payload).style_id)
    if (style === null || style.deleted_at !== null) return { type: 'completed', commit: () => undefined }
    try {
      const picture = await this.#make(style, signal)
      if (picture === null) return released(!signal.aborted)
      // Changed meanwhile: this is not what it looks like any more, so it is made again.
      return this.#isStill(style) ? await this.#keep(style, picture) : released(false)
    } catch (error) {
      if (signal.aborted) return released(false)
      if (!(error instanceof ProductError)) throw error
      if (waitsFor.includes(error.code)) return released(true)
      return {
        type: 'failed',
        error: toErrorBody(error, job.request_id),
        retry: worthRetrying.includes(error.code),
        commit: () => undefined,
      }
    }
  }

  /** Frees the engine for a picture that a person wants; resolves once it is free. */
  async makeWay(): Promise<void> {
    const current = this.#current
    if (current === null) return
    await current.task.cancel()
    await current.ended
  }

  /** @returns null where it has to wait, or gave way */
  async #make(style: StyleRow, signal: AbortSignal): Promise<MadePicture | null> {
    const { database, dataFolder, presets } = this.#parts
    if (isWanted(database)) return null
    await requireDiskSpace(dataFolder)
    const preset = await presets.first()
    await presets.prepare(preset)
    const { input } = styleRequest({ prompt: previewPrompt, aspect: 'square' }, style, preset)
    const recipe = resolveRecipe(input, preset, null, previewSeed)
    const prepared = await this.#parts.memory.prepareInBackground({
      generation: null,
      recipe,
      files: preset.files,
    })
    if (prepared === null) return null
    try {
      return await this.#paint(recipe, preset, prepared, signal)
    } finally {
      prepared.end()
    }
  }

  async #paint(
    recipe: Recipe,
    preset: Preset,
    { placement, plan, learn }: PreparedMemory,
    signal: AbortSignal,
  ): Promise<MadePicture | null> {
    const { database, supervisor } = this.#parts
    // From here to the start of the task nothing waits, so no picture can begin in between.
    if (signal.aborted || isWanted(database)) return null
    const task = new ImageTask(
      supervisor,
      toImageRequest(recipe, preset.files, noPngs, { placement, tileSide: plan.tile_side }),
    )
    const made = task.run(() => undefined)
    this.#current = { task, ended: made.catch(() => undefined) }
    const stop = () => void task.cancel()
    signal.addEventListener('abort', stop)
    try {
      const picture = await made
      if (picture !== null) learn(picture.used)
      return picture
    } finally {
      signal.removeEventListener('abort', stop)
      this.#current = null
    }
  }

  #isStill(style: StyleRow): boolean {
    const now = getStyle(this.#parts.database, style.id)
    return now !== null && showsTheSame(now, style)
  }

  async #keep(style: StyleRow, { png }: MadePicture): Promise<JobOutcome> {
    const { database, dataFolder, events } = this.#parts
    const { data, info } = await sharp(png)
      .resize(previewSide, previewSide, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 82 })
      .toBuffer({ resolveWithObject: true })
    const file = await writePictureFile(dataFolder, stylePreviewPath(style.id), data)
    let kept = false
    return {
      type: 'completed',
      commit: () => {
        if (!this.#isStill(style)) return
        const { width, height } = info
        putStylePreview(database, { style_id: style.id, ...file, width, height, created_at: Date.now() })
        kept = true
      },
      announce: () => {
        if (!kept) return
        const event = {
          type: 'style-previewed',
          style: style.id,
          preview_url: previewUrl(style.id, file.sha256),
        } as const
        events.publish(event, `The preview of the style "${style.name}" is there.`)
      },
    }
  }
}

/** True while a picture waits or is being made. */
function isWanted(database: WritableDatabase): boolean {
  const { waiting, running } = readQueue(database)
  return waiting + running > 0
}

function released(hold: boolean): JobOutcome {
  return { type: 'released', hold, commit: () => undefined }
}

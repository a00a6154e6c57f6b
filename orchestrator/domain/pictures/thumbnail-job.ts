import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { ProductError, toErrorBody } from '../../../contracts/errors.ts'
import type { WritableDatabase } from '../../storage/connection.ts'
import { getGenerationFile, putGenerationFile } from '../../storage/generation-files.ts'
import type { ClaimedJob } from '../../storage/job-row.ts'
import { putPictureHash } from '../../storage/picture-hashes.ts'
import { writePictureFile } from '../../storage/picture-files.ts'
import { picturePath, resolveInside } from '../../storage/picture-paths.ts'
import { hasCode, storageErrorFrom } from '../../storage/storage-error.ts'
import { hashPicture } from '../analysis/perceptual-hash.ts'
import type { EventBus } from '../event-bus.ts'
import { quotePrompt } from '../generation/quote-prompt.ts'
import type { GenerationViews } from '../generation/generation-views.ts'
import type { JobOutcome, JobWorker } from '../jobs/job-runner.ts'
import { thumbnailKind, thumbnailPayloadSchema } from './enqueue-thumbnail.ts'

/** The small pictures that are made of each large one: longest side in pixels. */
const sizes = [
  { role: 'thumbnail', side: 256 },
  { role: 'preview', side: 512 },
] as const

/** Makes the small pictures the interface shows, and records what the picture looks like. */
export class ThumbnailJob implements JobWorker {
  readonly kind = thumbnailKind
  readonly concurrency = 2
  readonly #parts: {
    database: WritableDatabase
    dataFolder: string
    events: EventBus
    views: GenerationViews
  }

  constructor(parts: {
    database: WritableDatabase
    dataFolder: string
    events: EventBus
    views: GenerationViews
  }) {
    this.#parts = parts
  }

  async run(job: ClaimedJob): Promise<JobOutcome> {
    const { database, dataFolder, events, views } = this.#parts
    const { generation_id: id } = thumbnailPayloadSchema.parse(job.payload)
    const original = getGenerationFile(database, id, 'original')
    if (original === null) return { type: 'completed', commit: () => undefined }
    try {
      const bytes = await readOriginal(resolveInside(dataFolder, original.path))
      const made = await Promise.all(
        sizes.map(({ role, side }) => makeSmall(dataFolder, id, role, side, bytes)),
      )
      const hash = await hashPicture(made[0]?.content ?? bytes)
      return {
        type: 'completed',
        commit: () => {
          made.forEach(({ file }) => putGenerationFile(database, file))
          putPictureHash(database, id, hash)
        },
        announce: () => {
          const generation = views.one(id)
          events.publish(
            { type: 'generation-updated', generation },
            `The thumbnails of ${quotePrompt(generation)} are there.`,
          )
        },
      }
    } catch (cause) {
      const error =
        cause instanceof ProductError ? cause : new ProductError('picture_unreadable', undefined, { cause })
      return {
        type: 'failed',
        error: toErrorBody(error, job.request_id),
        retry: error.code !== 'picture_not_found',
        commit: () => undefined,
      }
    }
  }
}

/** @throws ProductError `picture_not_found` where somebody has tidied the file away, which no retry brings back */
async function readOriginal(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (cause) {
    if (!hasCode(cause, 'ENOENT')) throw storageErrorFrom(cause)
    throw new ProductError('picture_not_found', `The file ${path} is gone.`, { cause })
  }
}

/** A picture smaller than the thumbnail is not enlarged. */
async function makeSmall(
  dataFolder: string,
  id: number,
  role: 'thumbnail' | 'preview',
  side: number,
  bytes: Buffer,
) {
  const { data, info } = await sharp(bytes)
    .autoOrient()
    .resize(side, side, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 82 })
    .toBuffer({ resolveWithObject: true })
  const file = await writePictureFile(dataFolder, picturePath(id, role), data)
  return {
    content: data,
    file: {
      generation_id: id,
      role,
      ...file,
      width: info.width,
      height: info.height,
      mime: 'image/webp',
    } as const,
  }
}

import { readFile } from 'node:fs/promises'
import type { Logger } from '../../foundation/logger.ts'
import { transaction, type WritableDatabase } from '../../storage/connection.ts'
import { getGeneration } from '../../storage/generations.ts'
import {
  putPictureHash,
  unhashedPictures,
  type PictureHash,
  type UnhashedPicture,
} from '../../storage/picture-hashes.ts'
import { resolveInside } from '../../storage/picture-paths.ts'
import type { JobOutcome, JobWorker } from '../jobs/job-runner.ts'
import { hashPicture } from './perceptual-hash.ts'

/** As the migration that asks for it calls it. */
export const hashBacklogKind = 'hash_backlog'

/** So many pictures are recorded in one step. */
const picturesAtOnce = 32

/**
 * Records what pictures look like that were made before that was recorded; the migration that made room for it asks for
 * this job. What is done stays done when it is stopped.
 */
export class HashBacklogJob implements JobWorker {
  readonly kind = hashBacklogKind
  readonly concurrency = 1
  readonly #parts: { database: WritableDatabase; dataFolder: string; logger: Logger }

  constructor(parts: { database: WritableDatabase; dataFolder: string; logger: Logger }) {
    this.#parts = parts
  }

  async run(_: unknown, signal: AbortSignal): Promise<JobOutcome> {
    const { database } = this.#parts
    let after = 0
    while (!signal.aborted) {
      const pictures = unhashedPictures(database, after, picturesAtOnce)
      const last = pictures.at(-1)
      if (last === undefined) return { type: 'completed', commit: () => undefined }
      const hashed: [UnhashedPicture, PictureHash | null][] = []
      for (const picture of pictures) hashed.push([picture, await this.#hash(picture)])
      transaction(database, () => {
        for (const [{ generation_id: id }, hash] of hashed)
          if (getGeneration(database, id) !== null) putPictureHash(database, id, hash)
      })
      after = last.generation_id
    }
    return { type: 'released', hold: false, commit: () => undefined }
  }

  /** A thumbnail that cannot be read has nothing to compare; it would not be there the next time either. */
  async #hash({ generation_id: id, path }: UnhashedPicture): Promise<PictureHash | null> {
    try {
      return await hashPicture(await readFile(resolveInside(this.#parts.dataFolder, path)))
    } catch (error) {
      this.#parts.logger.warn({ err: error, generation: id }, 'a thumbnail could not be compared')
      return null
    }
  }
}

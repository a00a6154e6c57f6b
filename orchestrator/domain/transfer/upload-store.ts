import { createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ProductError } from '../../../contracts/errors.ts'
import { hasCode, storageErrorFrom } from '../../storage/storage-error.ts'
import type { ImportUpload } from '../../storage/import-contents.ts'
import { archiveSource, isArchive } from './archive-source.ts'
import { readPicture } from './folder-source.ts'
import { importLimits } from './import-limits.ts'
import { headBytes, type ImportItem, type ImportSource } from './import-source.ts'

/** Keeps uploaded files until they are taken in: `imports/<import>/<position>` of the data folder. */
export class UploadStore {
  readonly #root: string

  constructor(dataFolder: string) {
    this.#root = join(dataFolder, 'imports')
  }

  /**
   * Writes one file as it comes; one that breaks off or is too large is removed again.
   *
   * @throws ProductError `import_upload_refused`, `disk_full`, `data_folder_read_only`
   */
  async receive(importId: number, position: number, content: Readable): Promise<void> {
    const path = this.#path(importId, position)
    try {
      await mkdir(join(this.#root, String(importId)), { recursive: true })
      await pipeline(content, atMost(importLimits.archiveBytes), createWriteStream(path, { flags: 'wx' }))
      await this.#requireFair(path)
    } catch (error) {
      await rm(path, { force: true })
      throw storageErrorFrom(error)
    }
  }

  /** The files of an import, each archive as what is in it. */
  source(importId: number, uploads: readonly ImportUpload[]): ImportSource {
    const sources = uploads.map((upload) => this.#sourceOf(importId, upload))
    return {
      async count() {
        let total = 0
        for (const source of sources) total += (await (await source()).count()) ?? 1
        return total
      },
      async *items() {
        for (const source of sources) yield* (await source()).items()
      },
    }
  }

  /** The imports that have files here. */
  async imports(): Promise<number[]> {
    const names = await readdir(this.#root).catch((error: unknown) => {
      if (hasCode(error, 'ENOENT')) return []
      throw storageErrorFrom(error)
    })
    return names.map(Number).filter((id) => Number.isSafeInteger(id))
  }

  /** Removes the files of an import. */
  async remove(importId: number): Promise<void> {
    await rm(join(this.#root, String(importId)), { recursive: true, force: true })
  }

  #sourceOf(importId: number, { position, name, modified_at: modifiedAt }: ImportUpload) {
    const path = this.#path(importId, position)
    // Two files may have the same name.
    const label = `${position + 1}. ${name}`
    return async (): Promise<ImportSource> => {
      if (isArchive(await readHead(path))) return archiveSource(path, label)
      const item: ImportItem = { kind: 'file', path: label, modifiedAt, read: () => readPicture(path, name) }
      return {
        count: () => Promise.resolve(1),
        async *items() {
          yield await Promise.resolve(item)
        },
      }
    }
  }

  /** A file that is no archive has to be of a picture's size. */
  async #requireFair(path: string): Promise<void> {
    const file = await open(path)
    try {
      const { size } = await file.stat()
      if (size > importLimits.pictureBytes && !isArchive(await readHead(path)))
        throw new ProductError('import_upload_refused')
    } finally {
      await file.close()
    }
  }

  #path(importId: number, position: number): string {
    return join(this.#root, String(importId), String(position))
  }
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path).catch(() => null)
  try {
    const head = Buffer.alloc(headBytes)
    await file?.read(head, 0, headBytes, 0)
    return head
  } finally {
    await file?.close()
  }
}

/** Lets so many bytes through and fails beyond. */
function atMost(limit: number): Transform {
  let length = 0
  return new Transform({
    transform(chunk: Buffer, _, done) {
      length += chunk.length
      if (length > limit) done(new ProductError('import_upload_refused'))
      else done(null, chunk)
    },
  })
}

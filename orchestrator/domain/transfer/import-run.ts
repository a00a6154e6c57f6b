import { toErrorBody, ProductError } from '../../../contracts/errors.ts'
import type { Preset } from '../../../contracts/entities/preset.ts'
import type { WritableDatabase } from '../../storage/connection.ts'
import { findImportPicture, findOriginalByContent } from '../../storage/import-contents.ts'
import { writePictureFile } from '../../storage/picture-files.ts'
import { picturePath } from '../../storage/picture-paths.ts'
import { requireDiskSpace } from '../system/disk-space.ts'
import { ImportBatch } from './import-batch.ts'
import { readForeignPicture, sha256Of } from './import-picture.ts'
import type { ImportFile, ImportItem, ImportSource } from './import-source.ts'

interface RunParts {
  readonly database: WritableDatabase
  readonly dataFolder: string
  readonly presets: readonly Preset[]
  /** Called when something more is in the database. */
  readonly onStored: () => void
}

/** Failures of this machine rather than of one file: the import waits, as everything does. */
const machineFailures: readonly string[] = ['disk_full', 'data_folder_read_only', 'database_damaged']

/** A minute: newer pictures get an id as if they were as old, so that none meets the id of one being asked for. */
const youngest = 60_000

/** One attempt at an import: goes through its files from the beginning, and passes over what an earlier one has done. */
export class ImportRun {
  readonly #parts: RunParts
  readonly #importId: number
  readonly #batch: ImportBatch

  constructor(parts: RunParts, of: { readonly id: number; readonly request_id: string }) {
    this.#parts = parts
    this.#importId = of.id
    this.#batch = new ImportBatch(parts.database, of)
  }

  /**
   * Takes in what a source gives, until its end or until it is told to stop; what was done till then is kept.
   *
   * @throws ProductError where the machine is the trouble, as `disk_full`
   */
  async run(source: ImportSource, signal: AbortSignal): Promise<void> {
    for await (const item of source.items()) {
      if (signal.aborted) break
      await this.#take(item)
      if (this.#batch.isDue()) await this.#store()
    }
    await this.#store()
  }

  async #store(): Promise<void> {
    this.#batch.store()
    this.#parts.onStored()
    await requireDiskSpace(this.#parts.dataFolder)
  }

  async #take(item: ImportItem): Promise<void> {
    try {
      if (item.kind === 'file') await this.#takeFile(item)
      else if (item.error === null) this.#batch.counts.skipped += 1
      else throw item.error
    } catch (error) {
      if (error instanceof ProductError && machineFailures.includes(error.code)) throw error
      // A bug over one strange file must not keep the others out; it is named like any other problem.
      const { code, message } = toErrorBody(error, null)
      this.#batch.addProblem({ path: item.path, code, message })
    }
  }

  async #takeFile(file: ImportFile): Promise<void> {
    const { database, dataFolder, presets } = this.#parts
    const done = findImportPicture(database, this.#importId, file.path)
    if (done !== null) return this.#batch.countImported(done.has_recipe === 1)
    const bytes = await file.read()
    if (bytes === null) {
      this.#batch.counts.skipped += 1
      return
    }
    const sha256 = sha256Of(bytes)
    if (this.#batch.holds(sha256) || findOriginalByContent(database, sha256) !== null) {
      this.#batch.counts.duplicates += 1
      return
    }
    const { recipe, hasRecipe, width, height, mime, extension } = await readForeignPicture(
      bytes,
      file.path,
      presets,
    )
    const createdAt = pastTime(file.modifiedAt)
    const id = this.#batch.identifier(createdAt)
    const written = await writePictureFile(dataFolder, picturePath(id, 'original', extension), bytes)
    this.#batch.addPicture({
      path: file.path,
      recipe,
      hasRecipe,
      createdAt,
      original: { generation_id: id, role: 'original', ...written, width, height, mime },
    })
  }
}

/** A time that ids can be made of: neither before 1970, nor now, nor in the future. */
function pastTime(time: number): number {
  const latest = Date.now() - youngest
  return Number.isFinite(time) ? Math.min(Math.max(Math.trunc(time), 1000), latest) : latest
}

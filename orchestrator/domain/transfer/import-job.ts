import { z } from 'zod'
import { ProductError, toErrorBody, type ErrorBody } from '../../../contracts/errors.ts'
import type { WritableDatabase } from '../../storage/connection.ts'
import { listImportUploads, removeImportUploads } from '../../storage/import-contents.ts'
import {
  getImport,
  markImportFinished,
  markImportRunning,
  returnImportToQueue,
  type ImportRow,
} from '../../storage/imports.ts'
import type { ClaimedJob } from '../../storage/job-row.ts'
import type { EventBus } from '../event-bus.ts'
import type { JobOutcome, JobWorker } from '../jobs/job-runner.ts'
import type { PresetLibrary } from '../presets/preset-library.ts'
import { folderSource, requireFolder } from './folder-source.ts'
import { ImportRun } from './import-run.ts'
import type { ImportSource } from './import-source.ts'
import { describeImport, toImportView } from './import-view.ts'
import type { UploadStore } from './upload-store.ts'

export const importKind = 'import'

export const importPayloadSchema = z.strictObject({ import_id: z.int() })

interface JobParts {
  readonly database: WritableDatabase
  readonly dataFolder: string
  readonly events: EventBus
  readonly presets: PresetLibrary
  readonly uploads: UploadStore
  /** Called when there are thumbnails to make, and tags to find. */
  readonly onImported: () => void
}

/** Takes pictures in. Being stopped in the middle costs nothing: the next attempt passes over what is there. */
export class ImportJob implements JobWorker {
  readonly kind = importKind
  readonly concurrency = 1
  readonly #parts: JobParts
  readonly #working = new Map<number, { readonly cancel: AbortController; readonly settled: Promise<void> }>()
  readonly #settle = new Map<number, () => void>()

  constructor(parts: JobParts) {
    this.#parts = parts
  }

  async run(job: ClaimedJob, signal: AbortSignal): Promise<JobOutcome> {
    const { import_id: id } = importPayloadSchema.parse(job.payload)
    const cancel = new AbortController()
    this.#working.set(id, { cancel, settled: new Promise((resolve) => this.#settle.set(job.id, resolve)) })
    const row = getImport(this.#parts.database, id)
    if (row === null) return { type: 'completed', commit: () => undefined }
    try {
      await this.#work(row, AbortSignal.any([signal, cancel.signal]))
    } catch (error) {
      return this.#failed(id, error, job.request_id)
    }
    if (cancel.signal.aborted) return this.#ended(id, 'cancelled')
    return signal.aborted ? this.#released(id, null) : this.#ended(id, 'completed')
  }

  onBug(job: ClaimedJob, error: ErrorBody): void {
    const { import_id: id } = importPayloadSchema.parse(job.payload)
    markImportFinished(this.#parts.database, id, { state: 'failed', now: Date.now(), error })
  }

  onSettled(job: ClaimedJob): void {
    const { import_id: id } = importPayloadSchema.parse(job.payload)
    this.#working.delete(id)
    this.#settle.get(job.id)?.()
    this.#settle.delete(job.id)
  }

  /** Stops an import that is at work; resolves once it has stopped. False where it is not at work. */
  async cancel(id: number): Promise<boolean> {
    const work = this.#working.get(id)
    work?.cancel.abort()
    await work?.settled
    return work !== undefined
  }

  async #work(row: ImportRow, signal: AbortSignal): Promise<void> {
    const { database, dataFolder, presets, onImported } = this.#parts
    const source = await this.#sourceOf(row)
    markImportRunning(database, row.id, await source.count())
    this.#tellProgress(row.id)
    const onStored = () => {
      onImported()
      this.#tellProgress(row.id)
    }
    const run = new ImportRun({ database, dataFolder, presets: await presets.list(), onStored }, row)
    await run.run(source, signal)
  }

  async #sourceOf({ id, folder }: ImportRow): Promise<ImportSource> {
    if (folder !== null) return folderSource(await requireFolder(folder))
    return this.#parts.uploads.source(id, listImportUploads(this.#parts.database, id))
  }

  #ended(id: number, state: 'completed' | 'cancelled'): JobOutcome {
    return {
      type: state,
      commit: () => {
        markImportFinished(this.#parts.database, id, { state, now: Date.now(), error: null })
        removeImportUploads(this.#parts.database, id)
      },
      announce: () => {
        void this.#parts.uploads.remove(id).catch(() => undefined)
        this.#tell(id)
      },
    }
  }

  /** Trouble with the machine holds the import as it holds pictures; trouble with its source ends it. */
  #failed(id: number, thrown: unknown, requestId: string): JobOutcome {
    const error = toErrorBody(thrown, requestId)
    if (error.code === 'disk_full' || error.code === 'data_folder_read_only') return this.#released(id, error)
    if (!(thrown instanceof ProductError)) throw thrown
    return {
      type: 'failed',
      error,
      retry: false,
      commit: () => markImportFinished(this.#parts.database, id, { state: 'failed', now: Date.now(), error }),
      announce: () => this.#tell(id),
    }
  }

  #released(id: number, error: ErrorBody | null): JobOutcome {
    return {
      type: 'released',
      hold: error !== null,
      commit: () => returnImportToQueue(this.#parts.database, id, error),
      announce: () => {
        if (error !== null) this.#tell(id)
      },
    }
  }

  #tell(id: number): void {
    const row = getImport(this.#parts.database, id)
    if (row === null) return
    this.#parts.events.publish({ type: 'import-changed', import: toImportView(row) }, describeImport(row))
  }

  #tellProgress(id: number): void {
    const row = getImport(this.#parts.database, id)
    if (row === null) return
    this.#parts.events.publish({ type: 'import-progressed', import: toImportView(row) }, describeImport(row))
  }
}

import type { Readable } from 'node:stream'
import type { CapabilityOutput, CheckedInput } from '../../../contracts/capabilities/index.ts'
import type { ImportProblem, ImportView } from '../../../contracts/entities/import.ts'
import { ProductError, toErrorBody } from '../../../contracts/errors.ts'
import { chooseRequestId, currentRequestId } from '../../foundation/request-context.ts'
import { transaction, type WritableDatabase } from '../../storage/connection.ts'
import { insertImportUpload, listImportProblems, removeImportUploads } from '../../storage/import-contents.ts'
import {
  abandonedImports,
  getImport,
  insertImport,
  listImports,
  markImportFinished,
  markImportQueued,
  type ImportRow,
} from '../../storage/imports.ts'
import type { Job } from '../../storage/job-row.ts'
import { cancelQueuedJob, enqueueJob, jobPriority } from '../../storage/jobs.ts'
import type { EventBus } from '../event-bus.ts'
import { requireDiskSpace } from '../system/disk-space.ts'
import { requireFolder } from './folder-source.ts'
import { importKind, importPayloadSchema, type ImportJob } from './import-job.ts'
import { importLimits } from './import-limits.ts'
import { describeImport, toImportView } from './import-view.ts'
import type { UploadStore } from './upload-store.ts'

interface ServiceParts {
  readonly database: WritableDatabase
  readonly dataFolder: string
  readonly events: EventBus
  readonly uploads: UploadStore
  readonly job: ImportJob
  /** Called when there is an import to do. */
  readonly onQueued: () => void
}

/** A crash counts as an attempt; an import outlives more of them than a picture, since it loses nothing. */
const mostAttempts = 10

const longestName = 255

/** What people do with imports: begin them, send files, look at them, stop them. */
export class ImportService {
  readonly #parts: ServiceParts
  /** The next position of each import that receives files. */
  readonly #positions = new Map<number, number>()

  constructor(parts: ServiceParts) {
    this.#parts = parts
  }

  async open(): Promise<ImportView> {
    await requireDiskSpace(this.#parts.dataFolder)
    return this.get(this.#insert('upload', null))
  }

  /**
   * Keeps an uploaded file of an import.
   *
   * @throws ProductError `import_not_found`, `import_not_receiving`, `import_upload_refused`, `disk_full`
   */
  async receive(id: number, file: { name: string; modifiedAt: number }, content: Readable): Promise<void> {
    this.#requireReceiving(id)
    await requireDiskSpace(this.#parts.dataFolder)
    const position = this.#positions.get(id) ?? 0
    if (position >= importLimits.uploads) throw new ProductError('import_upload_refused')
    this.#positions.set(id, position + 1)
    await this.#parts.uploads.receive(id, position, content)
    this.#requireReceiving(id)
    const name = cleanName(file.name)
    transaction(this.#parts.database, () =>
      insertImportUpload(this.#parts.database, id, { position, name, modified_at: file.modifiedAt }),
    )
  }

  async start({ folder, import: upload }: CheckedInput<'start_import'>): Promise<ImportView> {
    const path = folder === undefined ? null : await requireFolder(folder)
    await requireDiskSpace(this.#parts.dataFolder)
    const id = upload ?? this.#insert('folder', path)
    const row = this.#requireReceiving(id)
    if (row.source === 'upload' && row.received === 0) throw new ProductError('import_empty')
    this.#positions.delete(id)
    this.#enqueue(row)
    this.#parts.onQueued()
    return this.#tell(id)
  }

  get(id: number): ImportView {
    return toImportView(this.#require(id))
  }

  list({ limit }: CheckedInput<'list_imports'>): CapabilityOutput<'list_imports'> {
    return { imports: listImports(this.#parts.database, limit).map(toImportView) }
  }

  problems({
    import: id,
    cursor,
    limit,
  }: CheckedInput<'list_import_problems'>): CapabilityOutput<'list_import_problems'> {
    this.#require(id)
    const problems = listImportProblems(this.#parts.database, id, { from: cursor, limit })
    return { problems, next_cursor: problems.length < limit ? null : cursor + limit }
  }

  /** The report of an import as lines of text, page by page. */
  *report(id: number): Generator<string> {
    const row = this.#require(id)
    yield `${describeImport(row)}\n\n`
    const limit = 500
    for (let from = 0; ; from += limit) {
      const page = listImportProblems(this.#parts.database, id, { from, limit })
      for (const problem of page) yield toLine(problem)
      if (page.length < limit) return
    }
  }

  /** @throws ProductError `import_not_found` or `import_not_cancellable` */
  async cancel(id: number): Promise<ImportView> {
    const row = this.#require(id)
    if (row.finished_at !== null) throw new ProductError('import_not_cancellable')
    const isQueued =
      row.job_id !== null && cancelQueuedJob(this.#parts.database, row.job_id, Date.now()) !== null
    if (row.state === 'receiving' || isQueued) await this.#discard(row)
    else await this.#parts.job.cancel(id)
    if (this.#require(id).state !== 'cancelled') throw new ProductError('import_not_cancellable')
    return this.#tell(id)
  }

  /** The same for the job of an import. */
  cancelJob({ payload }: Job): Promise<ImportView> {
    return this.cancel(importPayloadSchema.parse(payload).import_id)
  }

  /** At the start: ends what nobody will finish, as uploads that broke off, and removes their files. */
  async tidyUp(): Promise<void> {
    for (const row of abandonedImports(this.#parts.database)) {
      if (row.state === 'receiving') await this.#discard(row)
      else {
        const error = toErrorBody(new ProductError('interrupted'), row.request_id)
        markImportFinished(this.#parts.database, row.id, { state: 'failed', now: Date.now(), error })
      }
    }
    const { database, uploads } = this.#parts
    for (const id of await uploads.imports()) {
      if (getImport(database, id)?.finished_at !== null) await uploads.remove(id)
    }
  }

  #insert(source: ImportRow['source'], folder: string | null): number {
    const request_id = currentRequestId() ?? chooseRequestId(undefined)
    return insertImport(this.#parts.database, { source, folder, request_id, created_at: Date.now() })
  }

  #enqueue({ id, request_id }: ImportRow): void {
    const { database } = this.#parts
    const now = Date.now()
    transaction(database, () => {
      const job = enqueueJob(database, {
        kind: importKind,
        payload: { import_id: id },
        priority: jobPriority.person,
        max_attempts: mostAttempts,
        request_id,
        generation_id: null,
        unique_key: `${importKind}:${id}`,
        run_at: now,
        created_at: now,
      })
      if (!markImportQueued(database, id, job.id)) throw new ProductError('import_not_receiving')
    })
  }

  async #discard({ id }: ImportRow): Promise<void> {
    this.#positions.delete(id)
    markImportFinished(this.#parts.database, id, { state: 'cancelled', now: Date.now(), error: null })
    removeImportUploads(this.#parts.database, id)
    await this.#parts.uploads.remove(id)
  }

  #requireReceiving(id: number): ImportRow {
    const row = this.#require(id)
    if (row.state !== 'receiving') throw new ProductError('import_not_receiving')
    return row
  }

  #require(id: number): ImportRow {
    const row = getImport(this.#parts.database, id)
    if (row === null) throw new ProductError('import_not_found')
    return row
  }

  #tell(id: number): ImportView {
    const row = this.#require(id)
    const view = toImportView(row)
    this.#parts.events.publish({ type: 'import-changed', import: view }, describeImport(row))
    return view
  }
}

/** A name without its folders and without what would break a line. */
function cleanName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? ''
  const clean = last.replaceAll(/\p{Cc}/gu, '').slice(-longestName)
  return clean === '' ? 'picture' : clean
}

function toLine({ path, code, message }: ImportProblem): string {
  return `${[path, code, message].map((text) => text.replaceAll(/\s+/g, ' ')).join('\t')}\n`
}

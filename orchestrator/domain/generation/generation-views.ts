import type { Generation, Progress } from '../../../contracts/entities/generation.ts'
import type { ReadableDatabase } from '../../storage/connection.ts'
import { filesOfGenerations } from '../../storage/generation-files.ts'
import type { GenerationRow } from '../../storage/generation-row.ts'
import { tagsOfGenerations } from '../../storage/generation-tags.ts'
import { toGeneration } from '../../storage/generation-view.ts'
import { getGeneration, getGenerations } from '../../storage/generations.ts'
import { waitingPositions } from '../../storage/jobs.ts'
import { ProductError } from '../../../contracts/errors.ts'

/** The kind of job that makes a picture. */
export const generateKind = 'generate'

/** Shows pictures as the contract describes them: what is stored, and how far the work is right now. */
export class GenerationViews {
  readonly #database: ReadableDatabase
  readonly #progress = new Map<number, Progress>()

  constructor(database: ReadableDatabase) {
    this.#database = database
  }

  setProgress(id: number, progress: Progress | null): void {
    if (progress === null) this.#progress.delete(id)
    else this.#progress.set(id, progress)
  }

  /** Several pictures, in the order of their rows. */
  of(rows: readonly GenerationRow[]): Generation[] {
    const ids = rows.map((row) => row.id)
    const files = filesOfGenerations(this.#database, ids)
    const tags = tagsOfGenerations(this.#database, ids)
    const positions = rows.some((row) => row.state === 'queued')
      ? waitingPositions(this.#database, generateKind)
      : new Map<number, number>()
    return rows.map((row) =>
      toGeneration(row, files.get(row.id) ?? [], {
        queuePosition: positions.get(row.id) ?? null,
        progress: row.state === 'running' ? (this.#progress.get(row.id) ?? null) : null,
        tags: tags.get(row.id) ?? [],
      }),
    )
  }

  /** Several pictures by their ids, in that order; those that are not there are left out. */
  many(ids: readonly number[]): Generation[] {
    const rows = new Map(getGenerations(this.#database, ids).map((row) => [row.id, row]))
    return this.of(ids.map((id) => rows.get(id)).filter((row) => row !== undefined))
  }

  /** @throws ProductError `generation_not_found` */
  one(id: number): Generation {
    return this.of([this.row(id)])[0] as Generation
  }

  /** @throws ProductError `generation_not_found` */
  row(id: number): GenerationRow {
    const row = getGeneration(this.#database, id)
    if (row === null) throw new ProductError('generation_not_found')
    return row
  }
}

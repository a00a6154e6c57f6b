import type { ImportProblem } from '../../../contracts/entities/import.ts'
import { transaction, type WritableDatabase } from '../../storage/connection.ts'
import { putGenerationFile, type GenerationFile } from '../../storage/generation-files.ts'
import { insertImportedGeneration, largestIdBetween } from '../../storage/generations.ts'
import { createPastIdentifiers } from '../../storage/identifiers.ts'
import { insertImportPicture, insertImportProblem } from '../../storage/import-contents.ts'
import { updateImportCounts, type ImportCounts } from '../../storage/imports.ts'
import type { Recipe } from '../../../contracts/entities/recipe.ts'
import { enqueueThumbnail } from '../pictures/enqueue-thumbnail.ts'
import { enqueueAutotag } from '../tags/autotag-job.ts'

/** A picture whose original is on the disk, and which the database does not know yet. */
export interface ArrivedPicture {
  readonly path: string
  readonly recipe: Recipe
  readonly hasRecipe: boolean
  readonly createdAt: number
  readonly original: GenerationFile
}

type Counts = { -readonly [Name in Exclude<keyof ImportCounts, 'total'>]: number }

/** Pictures are stored so many at a time: a transaction for each would take longer than reading them. */
const batchSize = 40

/** What an attempt has found so far; it goes to the database in batches, each with the counts that belong to it. */
export class ImportBatch {
  readonly counts: Counts = { imported: 0, duplicates: 0, skipped: 0, failed: 0, without_recipe: 0 }
  readonly #database: WritableDatabase
  readonly #import: { readonly id: number; readonly request_id: string }
  readonly #identifiers
  #pictures: ArrivedPicture[] = []
  #problems: ImportProblem[] = []
  #since = 0

  constructor(database: WritableDatabase, of: { readonly id: number; readonly request_id: string }) {
    this.#database = database
    this.#import = of
    this.#identifiers = createPastIdentifiers((from, to) => largestIdBetween(database, from, to))
  }

  /** A free id for a picture of that time. */
  identifier(time: number): number {
    return this.#identifiers.at(time)
  }

  /** True where a picture with these bytes waits to be stored. */
  holds(sha256: string): boolean {
    return this.#pictures.some(({ original }) => original.sha256 === sha256)
  }

  addPicture(picture: ArrivedPicture): void {
    this.#pictures.push(picture)
    this.countImported(picture.hasRecipe)
  }

  addProblem(problem: ImportProblem): void {
    this.#problems.push(problem)
    this.counts.failed += 1
  }

  countImported(hasRecipe: boolean): void {
    this.counts.imported += 1
    if (!hasRecipe) this.counts.without_recipe += 1
  }

  /** Counts a file that was looked at; whether it is time to store. */
  isDue(): boolean {
    this.#since += 1
    return this.#since >= batchSize
  }

  /** Writes what has come together, all of it or nothing. */
  store(): void {
    const firstProblem = this.counts.failed - this.#problems.length
    transaction(this.#database, () => {
      for (const picture of this.#pictures) this.#storePicture(picture)
      for (const [index, problem] of this.#problems.entries())
        insertImportProblem(this.#database, this.#import.id, firstProblem + index, problem)
      updateImportCounts(this.#database, this.#import.id, this.counts)
    })
    this.#pictures = []
    this.#problems = []
    this.#since = 0
    this.#identifiers.stored()
  }

  #storePicture({ path, recipe, hasRecipe, createdAt, original }: ArrivedPicture): void {
    const { id: importId, request_id } = this.#import
    const id = original.generation_id
    insertImportedGeneration(this.#database, { id, recipe, request_id, created_at: createdAt }, Date.now())
    putGenerationFile(this.#database, original)
    insertImportPicture(this.#database, {
      import_id: importId,
      path,
      generation_id: id,
      has_recipe: hasRecipe ? 1 : 0,
    })
    enqueueThumbnail(this.#database, id, request_id)
    if (recipe.prompt !== '') enqueueAutotag(this.#database, id, request_id)
  }
}

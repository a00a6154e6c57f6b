import type { GenerationState, PromptWords } from '../../contracts/entities/generation.ts'
import type { Recipe } from '../../contracts/entities/recipe.ts'
import {
  readAll,
  readOne,
  writeExactlyOne,
  type ReadableDatabase,
  type WritableDatabase,
} from './connection.ts'
import {
  generationColumns,
  parseGenerationRow,
  type GenerationRow,
  type StoredGenerationRow,
} from './generation-row.ts'

/** What a new picture starts from. */
export interface NewGeneration {
  readonly id: number
  readonly recipe: Recipe
  readonly prompt_words: PromptWords | null
  readonly request_id: string
  /** Who asked for it; `local` if left out. */
  readonly client?: string
  readonly created_at: number
}

/** Stores a new picture as queued. Its parent is the source generation of its recipe, which must be there. */
export function insertGeneration(database: WritableDatabase, generation: NewGeneration): void {
  const { recipe, prompt_words: promptWords } = generation
  writeExactlyOne(
    database,
    `INSERT INTO generations (id, state, request_id, client, parent_id, created_at, recipe, prompt_words)
     VALUES (:id, 'queued', :request_id, :client, :parent_id, :created_at, :recipe, :prompt_words)`,
    {
      id: generation.id,
      request_id: generation.request_id,
      client: generation.client ?? 'local',
      parent_id: recipe.source_generation === null ? null : Number(recipe.source_generation),
      created_at: generation.created_at,
      recipe: JSON.stringify(recipe),
      prompt_words: promptWords === null ? null : JSON.stringify(promptWords),
    },
  )
}

/** Stores a picture that was made elsewhere: finished from the start, at the time it has been there since. */
export function insertImportedGeneration(
  database: WritableDatabase,
  { id, recipe, request_id, created_at }: Omit<NewGeneration, 'prompt_words'>,
  now: number,
): void {
  writeExactlyOne(
    database,
    `INSERT INTO generations (id, state, request_id, created_at, finished_at, recipe)
     VALUES (:id, 'completed', :request_id, :created_at, :now, :recipe)`,
    { id, request_id, created_at, now, recipe: JSON.stringify(recipe) },
  )
}

/** The largest id between two others, both included; null where none is taken. */
export function largestIdBetween(database: ReadableDatabase, from: number, to: number): number | null {
  const sql = 'SELECT max(id) AS id FROM generations WHERE id BETWEEN :from AND :to'
  return readOne<{ id: number | null }>(database, sql, { from, to })?.id ?? null
}

/** One picture, be it in the bin or not; null where there is none. */
export function getGeneration(database: ReadableDatabase, id: number): GenerationRow | null {
  const row = readOne<StoredGenerationRow>(
    database,
    `SELECT ${generationColumns} FROM generations WHERE id = :id`,
    { id },
  )
  return row === null ? null : parseGenerationRow(row)
}

/** Several pictures, in no particular order; those that are not there are left out. */
export function getGenerations(database: ReadableDatabase, ids: readonly number[]): GenerationRow[] {
  const sql = `SELECT ${generationColumns} FROM generations WHERE id IN (SELECT value FROM json_each(:ids))`
  return readAll<StoredGenerationRow>(database, sql, { ids: JSON.stringify(ids) }).map(parseGenerationRow)
}

/** The largest id there is, for `createIdentifierMaker`; 0 where there is none. */
export function largestGenerationId(database: ReadableDatabase): number {
  return readOne<{ id: number | null }>(database, 'SELECT max(id) AS id FROM generations')?.id ?? 0
}

/** The newest picture outside the bin that a client asked for; null where there is none. */
export function newestGenerationOf(database: ReadableDatabase, client: string): number | null {
  const sql =
    'SELECT max(id) AS id FROM generations INDEXED BY generations_of_client WHERE client = :client AND deleted_at IS NULL'
  return readOne<{ id: number | null }>(database, sql, { client })?.id ?? null
}

/** Every picture that is queued or running, oldest first: what a start after a crash has to look at. */
export function unfinishedGenerations(database: ReadableDatabase): GenerationRow[] {
  const sql = `SELECT ${generationColumns} FROM generations WHERE state IN ('queued', 'running') ORDER BY id`
  return readAll<StoredGenerationRow>(database, sql).map(parseGenerationRow)
}

/** How many pictures outside the bin there are in each state. */
export function countGenerationsByState(database: ReadableDatabase): Record<GenerationState, number> {
  const counts: Record<GenerationState, number> = {
    queued: 0,
    running: 0,
    completed: 0,
    failed: 0,
    cancelled: 0,
  }
  const rows = readAll<{ state: GenerationState; count: number }>(
    database,
    'SELECT state, count(*) AS count FROM generations WHERE deleted_at IS NULL GROUP BY state',
  )
  for (const { state, count } of rows) counts[state] = count
  return counts
}

/** How many pictures of a client are queued or running. */
export function unfinishedGenerationsOf(database: ReadableDatabase, client: string): number {
  const sql = `SELECT count(*) AS count FROM generations
    WHERE state IN ('queued', 'running') AND client = :client`
  return readOne<{ count: number }>(database, sql, { client })?.count ?? 0
}

/** When a client asked for its pictures after a time, also for those in the bin by now; oldest first. */
export function generationTimesOf(database: ReadableDatabase, client: string, since: number): number[] {
  // Ids begin with the time, so only what is young enough is looked at.
  const sql = `SELECT created_at FROM generations NOT INDEXED
    WHERE id > :first AND client = :client AND created_at > :since ORDER BY id`
  const first = Math.max(0, since - 1) * 1024
  return readAll<{ created_at: number }>(database, sql, { first, client, since }).map(
    ({ created_at: time }) => time,
  )
}

import type { Recipe } from '../../contracts/entities/recipe.ts'
import type { ErrorBody } from '../../contracts/errors.ts'
import { writeReturning, type Parameters, type WritableDatabase } from './connection.ts'
import {
  generationColumns,
  parseGenerationRow,
  type GenerationRow,
  type StoredGenerationRow,
} from './generation-row.ts'

/*
 * Changes of a picture's state. Each one names the states it may start from, and gives the row after the change,
 * or null where the picture is not in such a state (any more) or not there.
 */

const running = `state = 'running'`
const queued = `state = 'queued'`
const unfinished = `state IN ('queued', 'running')`

/** queued -> running: another attempt begins. */
export function markGenerationStarted(
  database: WritableDatabase,
  id: number,
  now: number,
): GenerationRow | null {
  const changes = `state = 'running', attempts = attempts + 1, started_at = :now, error = NULL`
  return change(database, changes, queued, { id, now })
}

/** running -> completed, with the recipe as the engine carried it out. */
export function markGenerationCompleted(
  database: WritableDatabase,
  id: number,
  now: number,
  recipe: Recipe,
): GenerationRow | null {
  const changes = `state = 'completed', finished_at = :now, error = NULL, recipe = :recipe`
  return change(database, changes, running, { id, now, recipe: JSON.stringify(recipe) })
}

/** queued or running -> failed, with the reason. */
export function markGenerationFailed(
  database: WritableDatabase,
  id: number,
  now: number,
  error: ErrorBody,
): GenerationRow | null {
  const changes = `state = 'failed', finished_at = :now, error = :error`
  return change(database, changes, unfinished, { id, now, error: JSON.stringify(error) })
}

/** queued or running -> cancelled. */
export function markGenerationCancelled(
  database: WritableDatabase,
  id: number,
  now: number,
): GenerationRow | null {
  return change(database, `state = 'cancelled', finished_at = :now`, unfinished, { id, now })
}

/**
 * running -> queued.
 *
 * @param options.countAttempt false where the attempt ended through no fault of its own, as by a shutdown
 * @param options.error why the attempt failed, where it did; kept until the next one starts
 */
export function returnGenerationToQueue(
  database: WritableDatabase,
  id: number,
  options: { readonly countAttempt: boolean; readonly error: ErrorBody | null },
): GenerationRow | null {
  const changes = `state = 'queued', attempts = max(0, attempts - :uncounted), started_at = NULL, error = :error`
  return change(database, changes, running, {
    id,
    uncounted: options.countAttempt ? 0 : 1,
    error: options.error === null ? null : JSON.stringify(options.error),
  })
}

/** failed or cancelled -> queued, as if it had never been tried; not from the bin. */
export function requeueGeneration(database: WritableDatabase, id: number): GenerationRow | null {
  const changes = `state = 'queued', attempts = 0, started_at = NULL, finished_at = NULL, error = NULL`
  return change(database, changes, `state IN ('failed', 'cancelled') AND deleted_at IS NULL`, { id })
}

/** Moves a finished picture to the bin. */
export function moveGenerationToBin(
  database: WritableDatabase,
  id: number,
  now: number,
): GenerationRow | null {
  return change(database, 'deleted_at = :now', 'finished_at IS NOT NULL AND deleted_at IS NULL', { id, now })
}

/** Takes a picture out of the bin. */
export function takeGenerationFromBin(database: WritableDatabase, id: number): GenerationRow | null {
  return change(database, 'deleted_at = NULL', 'deleted_at IS NOT NULL', { id })
}

function change(
  database: WritableDatabase,
  changes: string,
  expected: string,
  parameters: Parameters,
): GenerationRow | null {
  const sql = `UPDATE generations SET ${changes} WHERE id = :id AND ${expected} RETURNING ${generationColumns}`
  const row = writeReturning<StoredGenerationRow>(database, sql, parameters)
  return row === null ? null : parseGenerationRow(row)
}

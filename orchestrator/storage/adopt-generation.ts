import type { Recipe } from '../../contracts/entities/recipe.ts'
import { readOne, writeExactlyOne, type WritableDatabase } from './connection.ts'
import { timeOfIdentifier } from './identifiers.ts'

/**
 * Stores a picture that was made already, by the recipe in its file: its row was lost, as when an older backup was
 * restored. The picture it started from may be lost as well.
 *
 * @returns false where there is a picture with this id
 */
export function adoptGeneration(
  database: WritableDatabase,
  picture: { readonly id: number; readonly recipe: Recipe; readonly requestId: string },
): boolean {
  const { id, recipe, requestId } = picture
  if (readOne(database, 'SELECT 1 FROM generations WHERE id = :id', { id }) !== null) return false
  writeExactlyOne(
    database,
    `INSERT INTO generations (id, state, attempts, request_id, parent_id, created_at, started_at, finished_at, recipe)
     VALUES (:id, 'completed', 1, :request_id, (SELECT id FROM generations WHERE id = :parent_id), :time, :time, :time, :recipe)`,
    {
      id,
      request_id: requestId,
      parent_id: recipe.source_generation === null ? null : Number(recipe.source_generation),
      time: timeOfIdentifier(id),
      recipe: JSON.stringify(recipe),
    },
  )
  return true
}

import { ProductError } from '../../../contracts/errors.ts'
import type { ReadableDatabase } from '../../storage/connection.ts'
import { newestGenerationOf } from '../../storage/generations.ts'

/**
 * The picture a caller means: `last` is the newest one that this caller asked for, so that callers who work at the same
 * time never get hold of each other's.
 *
 * @throws ProductError `generation_not_found` where the caller has asked for none yet
 */
export function findGeneration(database: ReadableDatabase, reference: string, client: string): number {
  if (reference !== 'last') return Number(reference)
  const newest = newestGenerationOf(database, client)
  if (newest === null) throw new ProductError('generation_not_found', 'You have not asked for a picture yet.')
  return newest
}

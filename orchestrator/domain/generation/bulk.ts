import type { Generation } from '../../../contracts/entities/generation.ts'
import { ProductError } from '../../../contracts/errors.ts'
import type { ReadableDatabase } from '../../storage/connection.ts'
import { getGenerations } from '../../storage/generations.ts'
import type { EventBus } from '../event-bus.ts'
import { quotePrompt } from './quote-prompt.ts'

/** @throws ProductError `generation_not_found` that names the pictures which are not there */
export function requireAll(database: ReadableDatabase, ids: readonly number[]): void {
  const there = new Set(getGenerations(database, ids).map(({ id }) => id))
  const missing = ids.filter((id) => !there.has(id)).map(String)
  if (missing.length > 0)
    throw new ProductError('generation_not_found', undefined, { details: { generations: missing } })
}

/**
 * Tells everyone that pictures changed.
 *
 * @param what what became of each, as "was tagged"
 */
export function announceUpdated(events: EventBus, generations: readonly Generation[], what: string): void {
  events.publishAll(
    generations.map((generation) => ({
      event: { type: 'generation-updated', generation },
      message: `${quotePrompt(generation)} ${what}.`,
    })),
  )
}

import { isAgent } from '../../../contracts/agent.ts'
import type { Config } from '../../../contracts/config.ts'
import { refusal } from '../../../contracts/refusal.ts'
import type { ReadableDatabase } from '../../storage/connection.ts'
import { generationTimesOf, unfinishedGenerationsOf } from '../../storage/generations.ts'

/** How many pictures one agent may have in the queue, and ask for in an hour. */
export type ImageLimits = Pick<Config['agents'], 'images_per_hour' | 'queued_images'>

const hour = 3_600_000

/** Nobody knows when a picture will be finished; asking again sooner than this is never worth it. */
const queuePause = 10_000

/**
 * Refuses an agent that wants more pictures than it may have; people at the machine have no such limits. To be called
 * inside the transaction that stores the pictures, so that two calls at once cannot both be the last one. What counts is
 * in the database, so that a restart forgives nothing.
 *
 * @throws ProductError `agent_queue_limit` or `agent_image_limit`
 */
export function requireImageLimits(
  database: ReadableDatabase,
  client: string,
  wanted: number,
  limits: ImageLimits,
  now: number,
): void {
  if (!isAgent(client)) return
  const unfinished = unfinishedGenerationsOf(database, client)
  if (unfinished + wanted > limits.queued_images) {
    const summary = `This agent has ${unfinished} unfinished pictures and asked for ${wanted} more; it may have ${limits.queued_images}.`
    throw refusal('agent_queue_limit', summary, now + queuePause)
  }
  const times = generationTimesOf(database, client, now - hour)
  const tooMany = times.length + wanted - limits.images_per_hour
  if (tooMany <= 0) return
  const summary = `This agent asked for ${times.length} pictures within an hour and for ${wanted} more; it may ask for ${limits.images_per_hour}.`
  // As many of the oldest have to be more than an hour ago. More than the limit at once never fits.
  const freedBy = times[tooMany - 1] ?? now
  throw refusal('agent_image_limit', summary, freedBy + hour)
}

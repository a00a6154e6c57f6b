import type { EventBus } from '../event-bus.ts'
import { announceUpdated } from './bulk.ts'
import type { GenerationViews } from './generation-views.ts'
import type { Recovered } from './recover.ts'

/**
 * Tells of pictures whose work was lost, so that the story of each has no gap.
 *
 * @param why as in "because nobody was at it any more"
 */
export function announceRecovered(
  { events, views }: { readonly events: EventBus; readonly views: GenerationViews },
  { resumed, givenUp }: Recovered,
  why: string,
): void {
  announceUpdated(events, views.many(resumed), `waits again, ${why}`)
  announceUpdated(events, views.many(givenUp), 'was given up: its work was lost twice')
}

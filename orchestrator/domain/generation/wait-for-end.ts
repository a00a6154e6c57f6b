import type { Call } from '../../../contracts/capabilities/index.ts'
import type { EventBus } from '../event-bus.ts'
import type { GenerationViews } from './generation-views.ts'

interface WaitParts {
  readonly events: EventBus
  readonly views: GenerationViews
}

/**
 * Waits until all of these pictures are finished, the time is over or the caller is gone, whichever comes first.
 * A wait that ends early changes nothing: the pictures are made all the same.
 */
export async function waitForEnd(
  { events, views }: WaitParts,
  ids: readonly number[],
  seconds: number,
  call: Call,
): Promise<void> {
  const unfinished = new Set(
    views.many(ids).flatMap(({ id, finished_at }) => (finished_at === null ? [id] : [])),
  )
  if (seconds === 0 || unfinished.size === 0 || call.signal?.aborted === true) return
  const over = Promise.withResolvers<void>()
  const stopListening = events.subscribe(({ event }) => {
    if (!('generation' in event)) return
    if (event.generation.finished_at !== null) unfinished.delete(event.generation.id)
    if (unfinished.size === 0) over.resolve()
  })
  // A wait must not hold up the end of the program.
  const timer = setTimeout(over.resolve, seconds * 1000).unref()
  call.signal?.addEventListener('abort', () => over.resolve(), { once: true })
  try {
    call.onWait?.([...unfinished])
    await over.promise
  } finally {
    clearTimeout(timer)
    stopListening()
  }
}

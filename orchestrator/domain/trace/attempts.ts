import type { TraceAttempt } from '../../../contracts/entities/trace.ts'
import type { ErrorBody } from '../../../contracts/errors.ts'
import type { StoredEvent } from '../../../contracts/events.ts'

type Open = { -readonly [Field in keyof TraceAttempt]: TraceAttempt[Field] }

/**
 * The attempts at the pictures of a request, from what was told of them. One that was begun and not ended before the next
 * began was lost with the process that made it.
 *
 * @param events the oldest first
 */
export function findAttempts(events: readonly StoredEvent[]): TraceAttempt[] {
  const attempts: Open[] = []
  const open = new Map<string, Open>()
  for (const { event, time } of events) {
    if (!('generation' in event)) continue
    const { id, state } = event.generation
    const current = open.get(id)
    const end = (outcome: TraceAttempt['outcome'], error: ErrorBody | null = null) => {
      if (current === undefined) return
      Object.assign(current, { outcome, error, ended_at: time })
      open.delete(id)
    }
    if (event.type === 'generation-started') {
      end('interrupted')
      const number = attempts.filter(({ generation }) => generation === id).length + 1
      const next: Open = {
        generation: id,
        number,
        started_at: time,
        ended_at: null,
        outcome: 'running',
        error: null,
      }
      attempts.push(next)
      open.set(id, next)
    } else if (event.type === 'generation-completed') end('completed')
    else if (event.type === 'generation-cancelled') end('cancelled')
    else if (event.type === 'generation-retried' || event.type === 'generation-failed')
      end('failed', event.error)
    else if (event.type === 'generation-updated' && state === 'failed')
      end('interrupted', event.generation.error)
    else if (event.type === 'generation-updated' && state === 'queued')
      end(event.generation.error === null ? 'interrupted' : 'released', event.generation.error)
  }
  return attempts
}

import type { ServerContext } from '@modelcontextprotocol/server'
import type { Progress } from '../contracts/entities/generation.ts'
import type { StoredEvent } from '../contracts/events.ts'

/**
 * Tells a waiting client how far its pictures are, where it asked to be told. The progress is counted in pictures and
 * only ever rises, as the protocol demands.
 *
 * @returns ends it
 */
export function tellProgress(
  subscribe: (listener: (event: StoredEvent) => void) => () => void,
  { mcpReq }: ServerContext,
  generations: readonly string[],
): () => void {
  const { _meta: meta } = mcpReq
  const progressToken = meta?.progressToken
  if (progressToken === undefined) return () => undefined
  const shares = new Map(generations.map((id) => [id, 0]))
  let told = -1

  const tell = (message: string) => {
    const progress = [...shares.values()].reduce((sum, share) => sum + share, 0)
    if (progress <= told) return
    told = progress
    const params = { progressToken, progress, total: generations.length, message }
    // A client that is gone is not an error: the picture is made all the same.
    void mcpReq.notify({ method: 'notifications/progress', params }).catch(() => undefined)
  }
  tell('waiting')
  return subscribe(({ event }) => {
    if (event.type === 'generation-progressed') {
      const before = shares.get(event.generation_id)
      if (before === undefined) return
      shares.set(event.generation_id, Math.max(before, shareOf(event.progress)))
      tell(`${event.progress.phase} ${event.progress.step}/${event.progress.total}`)
    } else if ('generation' in event && event.generation.finished_at !== null) {
      if (!shares.has(event.generation.id)) return
      shares.set(event.generation.id, 1)
      tell(event.generation.state)
    }
  })
}

/** How much of a picture is done, below 1. Steps are most of the work. */
function shareOf({ phase, step, total }: Progress): number {
  if (phase === 'sampling') return total === 0 ? 0.1 : 0.1 + 0.8 * (step / total)
  return { preparing: 0.02, loading: 0.05, encoding: 0.08, decoding: 0.92, saving: 0.96 }[phase]
}

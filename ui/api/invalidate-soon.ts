import type { QueryClient, QueryKey } from '@tanstack/vue-query'

/** How long further events are waited for, in milliseconds. */
const pause = 150

const waiting = new WeakMap<QueryClient, Set<string>>()

/**
 * Asks again for everything whose name begins so, as far as it is shown: once for all events of a burst, since a change of
 * many pictures is told of each of them.
 */
export function invalidateSoon(client: QueryClient, key: QueryKey): void {
  const keys = waiting.get(client) ?? new Set()
  waiting.set(client, keys)
  const name = JSON.stringify(key)
  if (keys.has(name)) return
  keys.add(name)
  setTimeout(() => {
    keys.delete(name)
    void client.invalidateQueries({ queryKey: key })
  }, pause)
}

import type { Generation } from '../../contracts/entities/generation.ts'
import type { StoredEvent } from '../../contracts/events.ts'

/** Remembers how pictures ended, from before they were asked for until nobody wants to know any more. */
export class PictureWatch {
  readonly #ended = new Map<string, Generation>()
  readonly #listeners = new Set<() => void>()
  readonly #stop: () => void

  constructor(subscribe: (listener: (event: StoredEvent) => void) => () => void) {
    this.#stop = subscribe(({ event }) => {
      if (!('generation' in event) || event.generation.finished_at === null) return
      this.#ended.set(event.generation.id, event.generation)
      for (const listener of this.#listeners) listener()
    })
  }

  /**
   * Waits until all of these pictures are completed, failed or cancelled.
   *
   * @returns them as they ended; null where the signal came first
   */
  wait(asked: readonly Generation[], signal: AbortSignal): Promise<Generation[] | null> {
    for (const generation of asked)
      if (generation.finished_at !== null) this.#ended.set(generation.id, generation)
    const { promise, resolve } = Promise.withResolvers<Generation[] | null>()
    const look = () => {
      const found = asked.flatMap(({ id }) => this.#ended.get(id) ?? [])
      if (found.length === asked.length) resolve(found)
    }
    const give = () => resolve(null)
    this.#listeners.add(look)
    signal.addEventListener('abort', give, { once: true })
    if (signal.aborted) give()
    look()
    return promise.finally(() => {
      this.#listeners.delete(look)
      signal.removeEventListener('abort', give)
    })
  }

  /** Those of these pictures whose end is not known. */
  unfinished(ids: readonly string[]): string[] {
    return ids.filter((id) => !this.#ended.has(id))
  }

  close(): void {
    this.#stop()
  }
}

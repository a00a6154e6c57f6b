import { createParser } from 'eventsource-parser'
import type { EventType, StoredEvent } from '../../contracts/events.ts'

/** What the product tells over its event stream, kept from the moment the stream was opened. */
export class EventFeed {
  readonly events: StoredEvent[] = []
  readonly #listeners = new Set<() => void>()
  readonly #over = new AbortController()
  #ended = false

  /** @param lastEventId what was seen before: the stream begins with what was missed since */
  static async open(url: string, token: string, lastEventId?: number): Promise<EventFeed> {
    const feed = new EventFeed()
    const reply = await fetch(`${url}/api/events`, {
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'text/event-stream',
        ...(lastEventId === undefined ? {} : { 'last-event-id': String(lastEventId) }),
      },
      signal: feed.#over.signal,
    })
    if (!reply.ok || reply.body === null) throw new Error(`The event stream answered ${reply.status}.`)
    void feed.#read(reply.body)
    return feed
  }

  /** The largest id so far; 0 before the first stored event. */
  get lastId(): number {
    return Math.max(0, ...this.events.map(({ id }) => id ?? 0))
  }

  /** The first event, past or future, that fits. Rejects where the stream ends without one. */
  async first(fits: (event: StoredEvent) => boolean): Promise<StoredEvent> {
    for (;;) {
      const found = this.events.find(fits)
      if (found !== undefined) return found
      if (this.#ended) throw new Error(`The event stream ended without it: ${String(fits)}`)
      await new Promise<void>((resolve) => this.#listeners.add(resolve))
    }
  }

  /** The first event of a type, about this picture where one is named. */
  async firstOf<Type extends EventType>(
    type: Type,
    generation?: string,
  ): Promise<Extract<StoredEvent['event'], { type: Type }>> {
    const { event } = await this.first(
      ({ event: told }) =>
        told.type === type && (generation === undefined || aboutPicture(told) === generation),
    )
    return event as Extract<StoredEvent['event'], { type: Type }>
  }

  /** How often an event of a type was told so far. */
  count(type: EventType): number {
    return this.events.filter(({ event }) => event.type === type).length
  }

  close(): void {
    this.#over.abort()
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    const parser = createParser({ onEvent: ({ data }) => this.events.push(JSON.parse(data) as StoredEvent) })
    const decoder = new TextDecoder()
    try {
      for await (const chunk of body) {
        parser.feed(decoder.decode(chunk, { stream: true }))
        this.#wake()
      }
    } catch {
      // Closed, by us or by the end of the product.
    }
    this.#ended = true
    this.#wake()
  }

  #wake(): void {
    for (const listener of this.#listeners) listener()
    this.#listeners.clear()
  }
}

function aboutPicture(event: StoredEvent['event']): string | null {
  if ('generation' in event) return event.generation.id
  return 'generation_id' in event ? event.generation_id : null
}

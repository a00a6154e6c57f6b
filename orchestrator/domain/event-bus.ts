import { EventEmitter } from 'node:events'
import { passingEventTypes, type ProductEvent, type StoredEvent } from '../../contracts/events.ts'
import { currentRequestId } from '../foundation/request-context.ts'
import type { Logger } from '../foundation/logger.ts'
import { transaction, type WritableDatabase } from '../storage/connection.ts'
import { appendEvent, eventsAfter, type NewEvent } from '../storage/events.ts'

/** Tells everyone who listens what happened, and keeps what is worth keeping. */
export class EventBus {
  readonly #database: WritableDatabase
  readonly #logger: Logger
  readonly #emitter = new EventEmitter<{ event: [StoredEvent] }>()

  constructor(database: WritableDatabase, logger: Logger) {
    this.#database = database
    this.#logger = logger
    this.#emitter.setMaxListeners(0)
  }

  /**
   * Publishes an event, after what it tells of has been committed.
   *
   * @param message a sentence for a person
   * @param concerns the request it is about, where it is not the one that is worked for
   */
  publish(event: ProductEvent, message: string, concerns: string | null = null): void {
    const time = Date.now()
    const requestId = concerns ?? requestOf(event) ?? currentRequestId()
    if (passingEventTypes.includes(event.type)) {
      this.#emitter.emit('event', {
        id: null,
        time: new Date(time).toISOString(),
        request_id: requestId,
        message,
        event,
      })
      return
    }
    this.#logger.info({ ...factsOf(event), request_id: requestId }, message)
    this.#emitter.emit(
      'event',
      this.#keep({ time, request_id: requestId, generation_id: generationOf(event), message, event }),
    )
  }

  /** Publishes lasting events that belong together; they are kept in one step, so that many cost little more than one. */
  publishAll(events: readonly { readonly event: ProductEvent; readonly message: string }[]): void {
    const time = Date.now()
    const complete = events.map(({ event, message }) => ({
      time,
      request_id: currentRequestId() ?? requestOf(event),
      generation_id: generationOf(event),
      message,
      event,
    }))
    for (const stored of this.#keepAll(complete)) this.#emitter.emit('event', stored)
  }

  /** Calls a listener for each event from now on; the function that is returned ends that. */
  subscribe(listener: (event: StoredEvent) => void): () => void {
    this.#emitter.on('event', listener)
    return () => void this.#emitter.off('event', listener)
  }

  /** The stored events after an id, oldest first. */
  since(id: number, limit: number): StoredEvent[] {
    return eventsAfter(this.#database, id, limit)
  }

  #keepAll(events: readonly NewEvent[]): StoredEvent[] {
    try {
      return transaction(this.#database, () => events.map((event) => appendEvent(this.#database, event)))
    } catch (error) {
      this.#logger.error({ err: error, count: events.length }, 'events could not be stored')
      return events.map((event) => ({ ...event, id: null, time: new Date(event.time).toISOString() }))
    }
  }

  /** A full disk must not keep anyone from learning that the disk is full: the event is told even where it cannot be kept. */
  #keep(event: NewEvent): StoredEvent {
    try {
      return appendEvent(this.#database, event)
    } catch (error) {
      this.#logger.error({ err: error }, 'an event could not be stored')
      return { ...event, id: null, time: new Date(event.time).toISOString() }
    }
  }
}

/** What a log line says beside the sentence. */
function factsOf(event: ProductEvent): object {
  return {
    event: event.type,
    ...('generation' in event && { generation: event.generation.id }),
    ...('error' in event && event.error !== null && { error_code: event.error.code }),
  }
}

function requestOf(event: ProductEvent): string | null {
  return 'generation' in event ? event.generation.request_id : null
}

function generationOf(event: ProductEvent): number | null {
  return 'generation' in event ? Number(event.generation.id) : null
}

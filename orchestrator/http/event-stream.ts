import type { FastifyInstance, FastifyReply } from 'fastify'
import type { StoredEvent } from '../../contracts/events.ts'
import type { EventBus } from '../domain/event-bus.ts'

/** How many missed events are read at a time. */
const pageSize = 500

/** A client that has left so many bytes unread is let go; it can come back and get what it missed. */
const unreadLimit = 8 * 1024 * 1024

/**
 * Publishes everything that happens as server-sent events at `GET /api/events`. The data of each is a `StoredEvent`
 * as JSON. Stored events carry their id: a client that comes back with `Last-Event-ID` gets what it missed, and only
 * then what is new, so that ids never go back.
 */
export function registerEventStream(app: FastifyInstance, events: EventBus): void {
  app.get('/api/events', { sse: { kind: 'manual' }, exposeHeadRoute: false }, async (request, reply) => {
    reply.sse.keepAlive()
    reply.sse.sendHeaders()
    // The client learns at once that it is connected, also when nothing happens for a while.
    reply.raw.flushHeaders()
    await replay(reply, events, Number(request.headers['last-event-id']))
    if (!reply.sse.isConnected) return
    reply.sse.onClose(events.subscribe((event) => tell(reply, event)))
  })
}

async function replay(reply: FastifyReply, events: EventBus, lastSeen: number): Promise<void> {
  if (!Number.isSafeInteger(lastSeen) || lastSeen <= 0) return
  for (let seen = lastSeen; ;) {
    const missed = events.since(seen, pageSize)
    for (const event of missed) {
      if (!reply.sse.isConnected) return
      await reply.sse.send(toMessage(event))
      seen = event.id ?? seen
    }
    if (missed.length === 0) return
  }
}

function tell(reply: FastifyReply, event: StoredEvent): void {
  if (reply.raw.writableLength > unreadLimit) reply.raw.destroy()
  // A client that has just left is no failure.
  else void reply.sse.send(toMessage(event)).catch(() => undefined)
}

function toMessage(event: StoredEvent): { id?: string; data: StoredEvent } {
  return event.id === null ? { data: event } : { id: String(event.id), data: event }
}

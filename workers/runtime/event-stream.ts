import type { FastifyReply, FastifyRequest } from 'fastify'
import { requestIdHeader } from './request-id.ts'

/** Comments keep proxies and clients from taking a long silence for a dead stream. */
const aliveIntervalMs = 5000

/** A reply that goes on for as long as the work does. */
export interface EventStream<Event extends { type: string }> {
  /** Sends one event; quietly nothing once the client is gone. */
  readonly send: (event: Event) => void
  /** Ends the reply. */
  readonly end: () => void
  /** Calls back when the client goes away before the reply has ended, also where it has gone already. */
  readonly onGone: (callback: () => void) => void
}

/** Turns the reply into a stream of server-sent events, each named by its `type` and holding itself as JSON. */
export function openEventStream<Event extends { type: string }>(
  request: FastifyRequest,
  reply: FastifyReply,
): EventStream<Event> {
  reply.hijack()
  const { raw } = reply
  raw.on('error', () => undefined)
  raw.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    [requestIdHeader]: request.id,
  })
  raw.flushHeaders()
  const alive = setInterval(() => raw.write(': alive\n\n'), aliveIntervalMs)
  raw.on('close', () => clearInterval(alive))
  return {
    send(event) {
      if (!raw.destroyed) raw.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
    },
    end() {
      clearInterval(alive)
      raw.end()
    },
    onGone(callback) {
      if (raw.destroyed) callback()
      else raw.on('close', () => raw.writableEnded || callback())
    },
  }
}

import type { FastifyReply, FastifyRequest } from 'fastify'
import { toErrorBody } from '../../../contracts/errors.ts'
import { requestIdHeader } from '../../runtime/request-id.ts'

/** Comments keep proxies and clients from taking a long silence, while a prompt is read, for a dead stream. */
const aliveIntervalMs = 5000

/** The reply of a request that asked for a stream. */
export interface ChunkStream {
  readonly send: (chunk: object) => void
  /** Ends it with what went wrong. */
  readonly fail: (error: unknown) => void
  /** Ends it as the format wants it. */
  readonly end: () => void
}

/** Turns the reply into a stream of server-sent events, each a chunk as JSON. */
export function openChunkStream(request: FastifyRequest, reply: FastifyReply): ChunkStream {
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
  const send = (chunk: object): void => {
    if (!raw.destroyed) raw.write(`data: ${JSON.stringify(chunk)}\n\n`)
  }
  const finish = (last: string): void => {
    clearInterval(alive)
    raw.end(last)
  }
  return {
    send,
    fail: (error) => {
      send({ error: toErrorBody(error, request.id) })
      finish('')
    },
    end: () => finish('data: [DONE]\n\n'),
  }
}

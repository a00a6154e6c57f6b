import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { parseTraceparent } from '../foundation/trace-context.ts'

/**
 * Logs each reply: where it was asked, how it ended and how long it took. Reading is what pages do all the time, so only
 * what changes something and what fails is logged at the usual level.
 */
export function logReplies(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const isReading = request.method === 'GET' || request.method === 'HEAD'
    const level = reply.statusCode >= 500 ? 'warn' : isReading && reply.statusCode < 400 ? 'debug' : 'info'
    const { status, ...facts } = factsOf(request, reply)
    request.log[level]({ status, ...facts }, `${facts.endpoint} was answered with ${status}`)
  })
}

/** The route and not the address: it says the same, and holds no ids, codes or searches. */
function factsOf(request: FastifyRequest, reply: FastifyReply) {
  const trace = parseTraceparent(request.headers['traceparent'])
  const { statusCode: status } = reply
  return {
    endpoint: endpointOf(request),
    status,
    outcome: status < 400 ? 'completed' : status < 500 ? 'refused' : 'failed',
    duration_ms: Math.round(reply.elapsedTime),
    ...(trace !== null && { trace_id: trace.traceId }),
  }
}

/** How a request's place is named in logs and figures. */
export function endpointOf({ method, routeOptions }: FastifyRequest): string {
  return `${method} ${routeOptions.url ?? 'unknown'}`
}

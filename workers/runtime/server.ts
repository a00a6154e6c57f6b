import { fastify, LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import { workerRoutes } from '../../contracts/worker.ts'
import { createTokenCheck } from './authentication.ts'
import { installErrorReplies } from './error-reply.ts'
import type { Logger } from './logger.ts'
import { readRequestId, requestIdHeader } from './request-id.ts'

/** Room for a source picture of the largest size, as base64. */
const bodyLimit = 64 * 1024 * 1024

/** The HTTP server every worker has, without routes yet and not listening: token check, request ids, errors, log. */
export function createServer(token: string, logger: Logger): FastifyInstance {
  const loggerInstance: FastifyBaseLogger = logger
  const server = fastify({
    loggerInstance,
    bodyLimit,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request_id' }),
    genReqId: readRequestId,
    forceCloseConnections: 'idle',
  })
  const checkToken = createTokenCheck(token)
  server.removeContentTypeParser('text/plain')
  installErrorReplies(server)
  server.addHook('onRequest', async (request, reply) => {
    reply.header(requestIdHeader, request.id)
    checkToken(request)
  })
  server.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions, headers } = request
    const endpoint = `${method} ${routeOptions.url ?? 'unknown'}`
    const outcome = reply.statusCode < 400 ? 'answered' : 'refused'
    const facts = { endpoint, status: reply.statusCode, outcome, duration_ms: Math.round(reply.elapsedTime) }
    // It is asked for its health all the time.
    request.log[routeOptions.url === workerRoutes.health ? 'debug' : 'info'](
      { ...facts, ...traceOf(headers['traceparent']) },
      'answered',
    )
  })
  return server
}

/** The trace of the caller, by the header of W3C Trace Context. */
function traceOf(header: unknown): object {
  const traceId = /^[0-9a-f]{2}-([0-9a-f]{32})-/.exec(String(header))?.[1]
  return traceId === undefined ? {} : { trace_id: traceId }
}

import { fastify, LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify'
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
    const { method, url } = request
    request.log.debug(
      { method, url, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
      'answered',
    )
  })
  return server
}

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { ProductError } from '../../contracts/errors.ts'
import type { SignIn } from './sign-in.ts'

/** Answers a request of the Model Context Protocol. */
export type McpRequestHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  body: unknown,
) => Promise<void>

/** The largest message: a tool call is text. 1 MiB. */
const bodyLimit = 1024 * 1024

/**
 * Publishes the Model Context Protocol at `/mcp`. It is for programs: a browser's session does not open it, only the
 * token does.
 */
export function registerMcp(app: FastifyInstance, signIn: SignIn, handle: McpRequestHandler): void {
  app.route({
    method: ['GET', 'POST', 'DELETE'],
    url: '/mcp',
    bodyLimit,
    exposeHeadRoute: false,
    onRequest: async (request, reply) => {
      if (signIn.hasToken(request)) return
      void reply.header('www-authenticate', 'Bearer')
      throw new ProductError('unauthorized')
    },
    handler: async (request, reply) => {
      // From here on the protocol's own library writes the reply.
      reply.hijack()
      reply.raw.setHeader('x-request-id', request.id)
      reply.raw.setHeader('cache-control', 'no-store')
      await handle(request.raw, reply.raw, request.body).catch((error: unknown) => {
        request.log.error({ err: error }, 'unforeseen error')
        if (!reply.raw.headersSent) reply.raw.writeHead(500)
        reply.raw.end()
      })
    },
  })
}

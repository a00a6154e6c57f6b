import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import { fastifySSE } from '@fastify/sse'
import fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import type { Invoke } from '../../contracts/capabilities/index.ts'
import { ProductError } from '../../contracts/errors.ts'
import type { EventBus } from '../domain/event-bus.ts'
import type { Logger } from '../foundation/logger.ts'
import { chooseRequestId, withRequestId } from '../foundation/request-context.ts'
import { registerCapabilities } from './capability-routes.ts'
import { registerChat, type Chat } from './chat.ts'
import { registerDocumentation } from './documentation.ts'
import { replyWithError } from './error-reply.ts'
import { registerEventStream } from './event-stream.ts'
import { guardRequest } from './guard.ts'
import { registerMcp, type McpRequestHandler } from './mcp.ts'
import { registerPictures, type PictureLocator } from './pictures.ts'
import { registerSignIn } from './sign-in-routes.ts'
import type { SignIn } from './sign-in.ts'
import { registerTransfers, type Transfers } from './transfers.ts'
import { registerUserInterface } from './user-interface.ts'

/** What the HTTP interface is made from. */
export interface AppParts {
  readonly invoke: Invoke
  readonly events: EventBus
  readonly signIn: SignIn
  readonly pictures: PictureLocator
  readonly transfers: Transfers
  readonly assistant: Chat
  /** Throws where nothing may be changed at present. */
  readonly mayChange: () => void
  readonly mcp: {
    readonly handle: McpRequestHandler
    /** Of all agents together: the names they give themselves prove nothing. */
    readonly requestsPerMinute: number
  }
  readonly logger: Logger
  readonly allowedHosts: readonly string[]
  /** Folder of the built user interface. */
  readonly interfaceFolder: string
}

/** The largest body: 24 MiB of picture in base64, and room for its JSON. */
const bodyLimit = 33 * 1024 * 1024

/** Calls a minute from one address. A person scrolling fast stays far below; a loop that ran wild does not. */
const callsPerMinute = 1200

/** What a page of ours may load: from here alone. Styles are set by scripts of the interface, hence inline. */
const contentSecurityPolicy = {
  directives: {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'blob:', 'data:'],
    connectSrc: ["'self'"],
    objectSrc: ["'none'"],
    frameAncestors: ["'none'"],
    formAction: ["'self'"],
    upgradeInsecureRequests: null,
  },
}

/** Builds the HTTP interface without listening. */
export async function createApp(parts: AppParts): Promise<FastifyInstance> {
  const logger: FastifyBaseLogger = parts.logger
  const app = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request_id' }),
    bodyLimit,
    genReqId: (request) => chooseRequestId(request.headers['x-request-id']),
    // What the router cannot read reaches no hook.
    frameworkErrors: (error, request, reply) =>
      void replyWithError(error, request, reply.header('x-request-id', request.id)),
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: true,
    return503OnClosing: false,
  })
  refuseWhileClosing(app)
  app.setErrorHandler(replyWithError)
  // JSON alone: a form of another site can send text, but not JSON.
  app.removeContentTypeParser('text/plain')
  app.addHook('onRequest', (request, reply, next) => {
    void reply.header('x-request-id', request.id)
    withRequestId(request.id, next)
  })
  app.addHook('onRequest', async (request) => guardRequest(request, parts.allowedHosts))
  app.addHook('onResponse', async (request, reply) => {
    const { url, method } = request
    request.log.debug(
      {
        method,
        path: url.split('?')[0],
        status: reply.statusCode,
        duration_ms: Math.round(reply.elapsedTime),
      },
      'answered',
    )
  })
  await app.register(cookie)
  await app.register(helmet, { contentSecurityPolicy, strictTransportSecurity: false })
  await app.register(rateLimit, {
    global: false,
    max: callsPerMinute,
    errorResponseBuilder: () => new ProductError('rate_limited'),
  })
  await app.register(fastifySSE, { heartbeatInterval: 15_000 })
  registerSignIn(app, parts.signIn)
  await app.register(async (scope) => {
    scope.addHook('onRequest', scope.rateLimit({ max: parts.mcp.requestsPerMinute }))
    registerMcp(scope, parts.signIn, parts.mcp.handle)
  })
  await app.register(async (scope) => {
    scope.addHook('onRequest', async (request) => parts.signIn.require(request))
    registerPictures(scope, parts.pictures)
    registerTransfers(scope, parts.transfers)
    registerEventStream(scope, parts.events)
    await registerDocumentation(scope)
    await scope.register(async (limited) => {
      limited.addHook('onRequest', limited.rateLimit())
      registerCapabilities(limited, parts.invoke)
      registerChat(limited, parts.assistant, parts.mayChange)
    })
  })
  await registerUserInterface(app, parts.interfaceFolder)
  return app
}

/** Who calls while the product stops is told so in our own error shape. */
function refuseWhileClosing(app: FastifyInstance): void {
  let isClosing = false
  app.addHook('preClose', async () => {
    isClosing = true
  })
  app.addHook('onRequest', async () => {
    if (isClosing) throw new ProductError('shutting_down')
  })
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { errorTable, ProductError, toErrorBody, type ErrorCode } from '../../contracts/errors.ts'

/** What the web framework calls its own refusals, in the words of the table. */
const frameworkErrors: Record<string, ErrorCode> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'invalid_json',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'invalid_json',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
}

/** Gives every failure of this server the one error shape; foreign errors become `internal_error` and are logged in full. */
export function installErrorReplies(server: FastifyInstance): void {
  server.setErrorHandler((thrown, request, reply) => sendError(request, reply, translate(thrown)))
  server.setNotFoundHandler((request, reply) =>
    sendError(request, reply, new ProductError('route_not_found')),
  )
}

/** Logs the failure and answers with it. */
export function sendError(request: FastifyRequest, reply: FastifyReply, thrown: unknown): FastifyReply {
  const body = toErrorBody(thrown, request.id)
  if (thrown instanceof ProductError) request.log.info({ code: body.code, details: body.details }, 'refused')
  else request.log.error({ error: describe(thrown) }, 'failed by a bug')
  return reply.code(errorTable[body.code].status).send({ error: body })
}

/** An error as a log line can hold it, with its stack and what was behind it. */
export function describe(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown)
  const cause = thrown.cause === undefined ? '' : `\ncaused by ${describe(thrown.cause)}`
  return `${thrown.stack ?? thrown.message}${cause}`
}

function translate(thrown: unknown): unknown {
  if (!(thrown instanceof Error) || !('code' in thrown) || thrown instanceof ProductError) return thrown
  const code = frameworkErrors[String(thrown.code)]
  // A body that breaks JSON's rules inside (such as a `__proto__` key) is refused without a code of its own.
  if (code === undefined) return isBadRequest(thrown) ? new ProductError('invalid_json') : thrown
  return new ProductError(code, undefined, { cause: thrown })
}

function isBadRequest(error: Error): boolean {
  return 'statusCode' in error && error.statusCode === 400
}

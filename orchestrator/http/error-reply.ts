import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { errorTable, ProductError, toErrorBody, type ErrorCode } from '../../contracts/errors.ts'
import { currentRequestId } from '../foundation/request-context.ts'

/** Fastify's own errors that have a code in our table. */
const translations: Record<string, ErrorCode> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'invalid_json',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'invalid_json',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid_json',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_BAD_URL: 'route_not_found',
  FST_ERR_MAX_PARAM_LENGTH: 'route_not_found',
}

/** Answers with the one error shape, whatever was thrown. Bugs are logged with their stack and told without it. */
export function replyWithError(thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const error = translate(thrown)
  if (error instanceof ProductError && error.code !== 'internal_error')
    request.log.info({ error_code: error.code }, error.message)
  else request.log.error({ err: thrown, cause: (thrown as Error).cause }, 'unforeseen error')
  const body = toErrorBody(error, currentRequestId() ?? request.id)
  // The route may have announced a picture that is to be kept for good.
  void reply.code(errorTable[body.code].status).type('application/json').header('cache-control', 'no-store')
  return reply.removeHeader('content-disposition').send({ error: body })
}

function translate(thrown: unknown): unknown {
  if (thrown instanceof ProductError) return thrown
  const { code, statusCode } = thrown as FastifyError
  const known = translations[code]
  if (known !== undefined) return new ProductError(known, undefined, { cause: thrown })
  if (statusCode === 400) return new ProductError('invalid_json', undefined, { cause: thrown })
  if (statusCode === 416)
    return new ProductError('invalid_input', 'The range lies outside of the file.', { cause: thrown })
  return thrown
}

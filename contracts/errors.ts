import { z } from 'zod'
import { errorTable, type ErrorCode } from './error-table.ts'

export { errorTable, type ErrorCode }

/** Every code of the table, as a schema. */
export const errorCodeSchema = z.enum(Object.keys(errorTable) as [ErrorCode, ...ErrorCode[]])

/** One failure as people and programs see it: the code, a sentence or two, and what the code alone cannot say. */
export const errorBodySchema = z.strictObject({
  code: errorCodeSchema,
  message: z.string().describe('What happened and what to do about it, for a person.'),
  details: z
    .record(z.string(), z.unknown())
    .default({})
    .describe('Facts for programs, such as the fields that are wrong.'),
  request_id: z.string().nullable().default(null).describe('Names the request in logs and events.'),
})

/** One failure as people and programs see it. */
export type ErrorBody = z.output<typeof errorBodySchema>

/** The one shape of an error reply, from the orchestrator and from every worker. */
export const errorReplySchema = z.strictObject({ error: errorBodySchema })

/**
 * A failure that was foreseen: it has a code from the table, and its message may be shown to a person.
 * Anything else that is thrown is a bug and is reported as `internal_error`.
 */
export class ProductError extends Error {
  readonly code: ErrorCode
  readonly details: Record<string, unknown>
  /** The request it happened in, where that was another process's request. */
  requestId: string | null = null

  /**
   * @param code the code from the table
   * @param summary what happened, more exactly than the table says; a whole sentence
   * @param options facts for programs, and the error behind this one
   */
  constructor(
    code: ErrorCode,
    summary?: string,
    options: { details?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(`${summary ?? errorTable[code].summary} ${errorTable[code].advice}`, { cause: options.cause })
    this.name = 'ProductError'
    this.code = code
    this.details = options.details ?? {}
  }
}

/** Turns whatever was thrown into the one error shape; the text of an unforeseen error stays out of it. */
export function toErrorBody(thrown: unknown, requestId: string | null): ErrorBody {
  const error = thrown instanceof ProductError ? thrown : new ProductError('internal_error')
  return {
    code: error.code,
    message: error.message,
    details: error.details,
    request_id: error.requestId ?? requestId,
  }
}

/** Rebuilds a failure from its wire form, so that it can be thrown on this side of a process boundary. */
export function fromErrorBody(body: ErrorBody): ProductError {
  const error = new ProductError(body.code, undefined, { details: body.details })
  error.message = body.message
  error.requestId = body.request_id
  return error
}

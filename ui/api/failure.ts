import { errorTable, ProductError, type ErrorBody } from '../../contracts/errors.ts'

/** The server could not be reached at all. */
export class ConnectionFailure extends Error {
  override readonly name = 'ConnectionFailure'
}

/** A failure the way a person reads it. */
export interface FailureWords {
  readonly what: string
  readonly advice: string
  readonly requestId: string | null
}

/** Says what went wrong and what to do, for whatever was thrown. */
export function describeFailure(thrown: unknown): FailureWords {
  if (thrown instanceof ProductError)
    return describeBody({ code: thrown.code, message: thrown.message, request_id: thrown.requestId })
  if (thrown instanceof ConnectionFailure) {
    return {
      what: 'MystiCanvas does not answer.',
      advice: 'Check that it is still running; this page tries again by itself.',
      requestId: null,
    }
  }
  const message = thrown instanceof Error ? thrown.message : ''
  return {
    what: message === '' ? errorTable.internal_error.summary : message,
    advice: 'Try again.',
    requestId: null,
  }
}

/** Says what went wrong and what to do, for a failure that came with an event or a record. */
export function describeBody(body: Pick<ErrorBody, 'code' | 'message' | 'request_id'>): FailureWords {
  const { advice, summary } = errorTable[body.code]
  const what = body.message.endsWith(advice) ? body.message.slice(0, -advice.length).trim() : body.message
  return { what: what === '' ? summary : what, advice, requestId: body.request_id }
}

import { APICallError, NoSuchToolError, RetryError } from 'ai'
import { errorReplySchema, ProductError, toErrorBody, type ErrorBody } from '../contracts/errors.ts'

/** What went wrong with a language model, in our one error shape; what our own worker says is taken as it is. */
export function modelFailure(thrown: unknown, requestId: string | null): ErrorBody {
  const error = RetryError.isInstance(thrown) ? thrown.lastError : thrown
  if (error instanceof ProductError) return toErrorBody(error, requestId)
  if (APICallError.isInstance(error)) {
    const told = readReply(error.responseBody)
    if (told !== null) return { ...told, request_id: told.request_id ?? requestId }
    const how = error.statusCode === undefined ? 'did not answer' : `answered with status ${error.statusCode}`
    return failure(`The language model ${how}.`, requestId, error)
  }
  return failure(undefined, requestId, error)
}

/** Why a call of the model could not even be tried. */
export function invalidCall(tool: string, thrown: unknown): ProductError {
  return NoSuchToolError.isInstance(thrown)
    ? new ProductError('turn_tool_unknown', `There is no tool ${tool}.`)
    : new ProductError('invalid_input', `The arguments of ${tool} are not valid JSON.`)
}

function readReply(body: string | undefined): ErrorBody | null {
  try {
    const read = errorReplySchema.safeParse(JSON.parse(body ?? ''))
    return read.success ? read.data.error : null
  } catch {
    return null
  }
}

function failure(summary: string | undefined, requestId: string | null, cause: unknown): ErrorBody {
  return toErrorBody(new ProductError('language_model_failed', summary, { cause }), requestId)
}

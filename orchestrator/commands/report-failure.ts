import { toErrorBody } from '../../contracts/errors.ts'

/**
 * Says on the terminal what went wrong and what to do, and makes the program end with a failure.
 * A bug shows its stack as well: who sees it here can report it.
 */
export function reportFailure(thrown: unknown): void {
  const { code, message, request_id } = toErrorBody(thrown, null)
  const request = request_id === null ? '' : ` (request ${request_id})`
  process.stderr.write(`Error ${code}: ${message}${request}\n`)
  if (code === 'internal_error' && thrown instanceof Error)
    process.stderr.write(`${thrown.stack ?? thrown.message}\n`)
  process.exitCode = 1
}

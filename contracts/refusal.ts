import { ProductError, type ErrorCode } from './errors.ts'
import { agentErrors } from './error-table/agents.ts'
import { turnErrors } from './error-table/assistant.ts'

/** A refusal that ends by itself. */
export type PassingRefusal = Exclude<
  keyof typeof agentErrors,
  'agent_result_too_large' | 'agent_needs_person'
>

/**
 * A refusal that tells an agent how long to stop, in words for the model and in `details` for its program.
 *
 * @param summary what was too much, with the figures; a whole sentence
 * @param until when the same call may be let in, in milliseconds since 1970
 */
export function refusal(code: PassingRefusal, summary: string, until: number): ProductError {
  const time = new Date(until).toISOString()
  const seconds = Math.max(1, Math.ceil((until - Date.now()) / 1000))
  return new ProductError(code, `${summary} Do not retry before ${time}, which is in ${seconds} seconds.`, {
    details: { retry_after_seconds: seconds, do_not_retry_before: time },
  })
}

/** True for what an agent was refused because it is an agent; everything else is a failure of the call itself. */
export function isRefusal(code: ErrorCode): boolean {
  return code in agentErrors || code in turnErrors
}

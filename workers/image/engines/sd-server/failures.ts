import { ProductError, type ErrorCode } from '../../../../contracts/errors.ts'
import type { Hang } from '../embedded/watchdog.ts'
import { saysOutOfMemory } from '../out-of-memory.ts'
import type { Exit, ServerProcess } from './server-process.ts'

/** A program of another version refuses an option; that says nothing against the model. */
const refusedOption = /unknown argument|invalid parameter for argument/i

/** How the program speaks of a model that it cannot use: `init model loader from file failed`, `new_sd_ctx_t failed`. */
const refusedModel =
  /(model|tensor|weights|file|ctx\w*)\b[^\n]*(failed|invalid|unsupported|not (found|exist))|(failed|unable) to (load|open|read)|unknown (tensor|model)/i

/** What is known of a failure beside the last words. */
interface Facts {
  readonly engine_message?: string
  readonly exit_code?: number | null
  readonly signal?: string | null
}

/**
 * Why the program failed, from the facts and its last words. Out of memory has a code of its own: there it helps to ask
 * for less.
 */
export function failedServer(
  process: ServerProcess,
  facts: Facts,
  otherwise: ErrorCode = 'engine_failed',
): ProductError {
  const lastWords = process.lastWords
  const said = `${facts.engine_message ?? ''}\n${lastWords}`
  const code = saysOutOfMemory(said) ? 'out_of_memory' : otherwise
  return new ProductError(code, undefined, { details: { ...facts, last_words: lastWords } })
}

/** Why the program ended while it loaded a model. */
export function failedLoad(process: ServerProcess, { code, signal }: Exit): ProductError {
  const lastWords = process.lastWords
  const blamesModel = signal === null && refusedModel.test(lastWords) && !refusedOption.test(lastWords)
  return failedServer(
    process,
    { exit_code: code, signal },
    blamesModel ? 'model_file_invalid' : 'engine_failed',
  )
}

/** The program gave no sign of life, or got nowhere, for too long. */
export function hungServer(process: ServerProcess, hang: Hang): ProductError {
  return new ProductError('engine_hung', undefined, { details: { hang, last_words: process.lastWords } })
}

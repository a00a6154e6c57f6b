import { picturesOfResult } from '../../contracts/chat-pictures.ts'
import type { CapabilityOutput } from '../../contracts/capabilities/index.ts'
import type { ToolOutput } from '../../contracts/entities/conversation.ts'
import { ProductError, toErrorBody, type ErrorBody } from '../../contracts/errors.ts'
import { isRefusal } from '../../contracts/refusal.ts'
import type { TurnGuard } from '../guards/turn-guard.ts'
import { resolveReferences } from './resolve-references.ts'
import type { ToolConnection } from './tool-connection.ts'
import type { PictureWatch } from './watch-pictures.ts'

/** What the calls of one turn share. */
export interface CallParts {
  readonly connection: ToolConnection
  readonly guard: TurnGuard
  readonly watch: PictureWatch
  /** Ends the turn; its reason is a ProductError. */
  readonly signal: AbortSignal
  /** The pictures of the conversation at present, in the order of their numbers. */
  readonly pictures: () => readonly string[]
  /** The last picture the person attached. */
  readonly attached: string | null
  readonly requestId: string | null
  /** Told which pictures a call makes, as soon as that is known. */
  readonly onPictures: (toolCallId: string, ids: readonly string[]) => void
  /** Told of every call that a limit or a rule stopped. */
  readonly onRefused: (tool: string, error: ErrorBody) => void
}

/** What a search is where the model leaves it open: all pictures, and as many as are of use in a conversation. */
const openSearch = { query: '', limit: 12 }

/** Carries out one call of the model. Whatever goes wrong is a result, so that the model can act on it. */
export async function runCall(
  parts: CallParts,
  tool: string,
  toolCallId: string,
  given: unknown,
): Promise<ToolOutput> {
  try {
    parts.signal.throwIfAborted()
    const said = typeof given === 'object' && given !== null ? (given as Record<string, unknown>) : {}
    const pictures = parts.pictures()
    const input = resolveReferences(tool, said, { pictures, attached: parts.attached })
    parts.guard.admit(tool, input)
    if (tool === 'generate') return await makePictures(parts, toolCallId, input)
    if (tool === 'search_history') return await search(parts, { ...openSearch, ...input })
    return await parts.connection.call(tool, input, parts.signal)
  } catch (thrown) {
    const error = toErrorBody(parts.signal.aborted ? parts.signal.reason : thrown, parts.requestId)
    if (isRefusal(error.code)) {
      parts.guard.refused(error)
      parts.onRefused(tool, error)
    }
    return { ok: false, error }
  }
}

/**
 * Searches, and where nothing is found under the words as they were said ("boats"), under those that are there ("boat").
 * What it searched for then stays in the result as `did_you_mean`.
 */
async function search(
  { connection, signal }: CallParts,
  input: Readonly<Record<string, unknown>>,
): Promise<ToolOutput> {
  const first = await connection.call('search_history', input, signal)
  if (!first.ok) return first
  const { generations, did_you_mean: meant } = first.result as CapabilityOutput<'search_history'>
  if (generations.length > 0 || meant === null) return first
  const second = await connection.call('search_history', { ...input, query: meant }, signal)
  return second.ok ? { ok: true, result: { ...(second.result as object), did_you_mean: meant } } : first
}

/** Asks for pictures, tells which they are, and waits for their end for as long as the turn goes on. */
async function makePictures(
  { connection, watch, signal, requestId, onPictures }: CallParts,
  toolCallId: string,
  input: Readonly<Record<string, unknown>>,
): Promise<ToolOutput> {
  // Asked for even where the turn ends in this very moment: an answer that nobody waits for would leave its pictures unknown.
  const asked = await connection.call('generate', input)
  if (!asked.ok) return asked
  const { generations } = asked.result as CapabilityOutput<'generate'>
  if (generations.length === 0) return asked
  onPictures(toolCallId, picturesOfResult(asked.result))
  const ended = await watch.wait(generations, signal)
  if (ended === null) return { ok: false, error: toErrorBody(signal.reason, requestId) }
  const failed = ended.find(({ error }) => error !== null)
  if (failed !== undefined && ended.every(({ state }) => state === 'failed'))
    return {
      ok: false,
      error: failed.error ?? toErrorBody(new ProductError('internal_error'), requestId),
    }
  return { ok: true, result: { generations: ended, estimate: null } }
}

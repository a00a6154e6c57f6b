import type { ChatHistoryItem, LlamaChat } from 'node-llama-cpp'
import { ProductError } from '../../../contracts/errors.ts'
import type { LoadedModel } from '../engine/loaded-model.ts'
import type { Answer, AnswerListener, ToolCall } from '../openai/answer.ts'
import type { ChatRequest } from '../openai/chat-request.ts'

/** What one way of answering works with. */
export interface Conversation {
  readonly loaded: LoadedModel
  readonly chat: LlamaChat
  readonly request: ChatRequest
  readonly history: ChatHistoryItem[]
  readonly listener: AnswerListener
  readonly signal: AbortSignal
}

/** What the engine wrote, before it is counted. */
export type Written = Omit<Answer, 'usage'>

/** The options every way of writing shares. A transcript that does not fit is refused, never cut in silence. */
export function generationOptions(request: ChatRequest, room: number, signal: AbortSignal) {
  const wanted = request.max_completion_tokens ?? request.max_tokens ?? room
  return {
    signal,
    maxTokens: Math.min(wanted, room),
    customStopTriggers: request.stop,
    contextShift: { strategy: refuseShift },
    ...(request.top_p == null ? {} : { topP: request.top_p }),
    ...(request.seed == null ? {} : { seed: request.seed }),
    repeatPenalty: false as const,
  }
}

function refuseShift(): never {
  throw new ProductError('language_context_exceeded')
}

/** Why an answer ended, in the words of the wire format. */
export function readFinish(
  { metadata }: { readonly metadata: { readonly stopReason: string } },
  calls: readonly ToolCall[],
): Answer['finish'] {
  if (calls.length > 0) return 'tool_calls'
  return metadata.stopReason === 'maxTokens' ? 'length' : 'stop'
}

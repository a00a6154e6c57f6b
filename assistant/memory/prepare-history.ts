import type { ModelMessage, ToolSet } from 'ai'
import type { ChatData, ChatMessage } from '../../contracts/entities/conversation.ts'
import type { LanguageEndpoint } from '../../contracts/language.ts'
import type { AssistantParts } from '../parts.ts'
import type { ToolDescription } from '../tools/tool-connection.ts'
import { countTokens } from './count-tokens.ts'
import { toModelMessages } from './model-messages.ts'
import { costOfMessage, trimHistory } from './trim-history.ts'

/** What the built-in model is told of. Its worker makes a few lines of it, so its context does not count here. */
const toldToBuiltIn = 16_000

/** Room for what the estimates of tokens are wrong by. */
const margin = 0.9

interface PreparedHistory {
  readonly instructions: string
  readonly messages: ModelMessage[]
  /** What to tell the person where not all of the conversation fits; null where it does. */
  readonly notice: ChatData['notice'] | null
}

/** The part of a conversation that fits into the model's context, beside its instructions and tools. */
export async function prepareHistory(
  { prompts, limits }: Pick<AssistantParts, 'prompts' | 'limits'>,
  given: {
    readonly endpoint: LanguageEndpoint
    readonly history: readonly ChatMessage[]
    readonly tools: ToolSet
    readonly descriptions: readonly ToolDescription[]
  },
): Promise<PreparedHistory> {
  const { endpoint, history, tools, descriptions } = given
  const date = new Date().toISOString().slice(0, 10)
  const render = (memory: string) => prompts.instructions({ date, memory })
  const fixed = countTokens(render('') + JSON.stringify(descriptions)) + answerTokens(endpoint, limits)
  const room = endpoint.kind === 'built_in' ? toldToBuiltIn : endpoint.contextTokens * margin - fixed
  const trimmed = trimHistory(history, room, (message) => costOfMessage(message, limits.tool_result_tokens))
  return {
    instructions: render(trimmed.memory),
    messages: await toModelMessages(trimmed.messages, tools),
    notice: trimmed.left > 0 && !wasTold(history) ? contextTrimmed(trimmed.left) : null,
  }
}

/** What an answer takes; of a small context no more than a quarter. */
function answerTokens(endpoint: LanguageEndpoint, limits: AssistantParts['limits']): number {
  return Math.min(endpoint.maxOutputTokens, limits.output_tokens_per_turn, endpoint.contextTokens / 4)
}

function contextTrimmed(left: number): ChatData['notice'] {
  return {
    level: 'info',
    code: 'context_trimmed',
    message: `This conversation is longer than the language model can read at once: the first ${left} messages are left out, but for the first request and the pictures.`,
  }
}

/** Once in a conversation is enough. */
function wasTold(history: readonly ChatMessage[]): boolean {
  return history.some(({ parts }) =>
    parts.some((part) => part.type === 'data-notice' && part.data.code === 'context_trimmed'),
  )
}

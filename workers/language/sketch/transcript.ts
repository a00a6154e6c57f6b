import type { ChatMessage } from '../openai/chat-request.ts'
import { normaliseWords } from './span-grammar.ts'
import { readOutcome, type Outcome } from './outcome.ts'

/** What came before the person's words, as the model was taught to be told. */
export const situations = ['none', 'after_image', 'after_results', 'after_styles', 'after_error'] as const
export type Situation = (typeof situations)[number]

/** A call that was made, and what came of it; `outcome` is null while there is no result. */
export interface PastCall {
  readonly name: string
  readonly arguments: Readonly<Record<string, unknown>>
  readonly outcome: Outcome | null
}

/** A transcript as far as the built-in model can make use of one. */
export interface Transcript {
  /** The last words of the person, see `normaliseWords`. */
  readonly say: string
  readonly situation: Situation
  /** Every call before those words, oldest first. */
  readonly before: readonly PastCall[]
  /** The calls since. */
  readonly since: readonly PastCall[]
}

/** Reads a transcript; what the assistant said and what a system prompt asks for is left out. */
export function readTranscript(messages: readonly ChatMessage[]): Transcript {
  const last = messages.findLastIndex((message) => message.role === 'user')
  const said = messages[last]
  const before = readCalls(messages.slice(0, Math.max(0, last)))
  return {
    say: said?.role === 'user' ? normaliseWords(said.content) : '',
    situation: before.reduce(follow, 'none' as Situation),
    before,
    since: readCalls(messages.slice(last + 1)),
  }
}

function follow(situation: Situation, { name, outcome }: PastCall): Situation {
  if (outcome === null) return situation
  if (!outcome.ok) return 'after_error'
  if (name === 'generate') return 'after_image'
  if (name === 'search_history') return 'after_results'
  return name === 'get_styles' ? 'after_styles' : situation
}

function readCalls(messages: readonly ChatMessage[]): PastCall[] {
  const results = new Map<string, string>()
  for (const message of messages)
    if (message.role === 'tool') results.set(message.tool_call_id, message.content)
  return messages
    .flatMap((message) => (message.role === 'assistant' ? (message.tool_calls ?? []) : []))
    .map(({ id, function: { name, arguments: given } }) => {
      const result = results.get(id)
      return {
        name,
        arguments: readArguments(given),
        outcome: result === undefined ? null : readOutcome(result),
      }
    })
}

function readArguments(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

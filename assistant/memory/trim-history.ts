import { picturesOf } from '../../contracts/chat-pictures.ts'
import type { ChatMessage, MessagePart } from '../../contracts/entities/conversation.ts'
import { toInertJson } from '../../contracts/untrusted.ts'
import { countTokens } from './count-tokens.ts'

/** What a model is given of a conversation. */
export interface TrimmedHistory {
  readonly messages: readonly ChatMessage[]
  /** What it is told of the part that does not fit; empty where all fits. */
  readonly memory: string
  readonly left: number
}

/** Pictures that are told of where what was said about them does not fit. */
const rememberedPictures = 12

/** The most characters of one thing that was said which are remembered. */
const rememberedCharacters = 160

/**
 * Takes the newest turns of a conversation that fit. The turn at work always stays whole; of what does not fit, the first
 * request and the pictures with their numbers are remembered, for people come back to these.
 *
 * @param tokens how much may be told
 * @param costOf about how many tokens a message is
 */
export function trimHistory(
  history: readonly ChatMessage[],
  tokens: number,
  costOf: (message: ChatMessage) => number,
): TrimmedHistory {
  const turns = toTurns(history)
  let from = turns.length - 1
  let spent = sum((turns[from] ?? []).map(costOf))
  while (from > 0) {
    const more = sum((turns[from - 1] ?? []).map(costOf))
    if (spent + more > tokens) break
    spent += more
    from -= 1
  }
  const left = turns.slice(0, Math.max(0, from)).flat()
  const messages = turns.slice(Math.max(0, from)).flat()
  return { messages, left: left.length, memory: left.length === 0 ? '' : remember(history, left) }
}

/** A turn begins with what a person says. */
function toTurns(history: readonly ChatMessage[]): ChatMessage[][] {
  const turns: ChatMessage[][] = []
  for (const message of history) {
    const last = turns.at(-1)
    if (message.role === 'user' || last === undefined) turns.push([message])
    else last.push(message)
  }
  return turns
}

function remember(history: readonly ChatMessage[], left: readonly ChatMessage[]): string {
  const numbers = picturesOf(history)
  const asked = left.flatMap(({ parts }) => parts.flatMap(requestOf))
  const pictures = asked
    .flatMap(({ ids, prompt }) => ids.map((id) => ({ number: numbers.indexOf(id) + 1, prompt: cut(prompt) })))
    .slice(-rememberedPictures)
  const first = left
    .filter(({ role }) => role === 'user')
    .flatMap(({ parts }) => parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])))
  return toInertJson({ first_request: cut(first[0] ?? ''), pictures })
}

/** The pictures a part tells of, and what they were asked for with. */
function requestOf(part: MessagePart): { ids: readonly string[]; prompt: string }[] {
  if (part.type !== 'dynamic-tool' || part.toolName !== 'generate') return []
  const { prompt } = (part.input ?? {}) as { prompt?: unknown }
  return [{ ids: picturesOf([{ parts: [part] }]), prompt: typeof prompt === 'string' ? prompt : '' }]
}

function cut(text: string): string {
  return text.length > rememberedCharacters ? `${text.slice(0, rememberedCharacters)}…` : text
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

/** About how many tokens a message is to a model, its tool results as short as they are told. */
export function costOfMessage({ parts }: ChatMessage, resultTokens: number): number {
  const costs = parts.map((part) => {
    if (part.type === 'text') return countTokens(part.text)
    if (part.type !== 'dynamic-tool') return 0
    const result = Math.min(countTokens(JSON.stringify(part.output ?? '')), resultTokens)
    return countTokens(`${part.toolName}${JSON.stringify(part.input ?? {})}`) + result
  })
  // What a template puts around each message.
  return sum(costs) + 8
}

import type { ChatHistoryItem, ChatWrapper } from 'node-llama-cpp'
import { ProductError } from '../../../contracts/errors.ts'
import type { LoadedModel } from '../engine/loaded-model.ts'
import type { Functions } from './functions.ts'

/** An answer without at least so many tokens would be none. */
const leastRoom = 16

/**
 * How many tokens an answer may have.
 *
 * @throws ProductError `language_context_exceeded` with the figures, where the transcript leaves no room for one
 */
export function fitInto(
  loaded: LoadedModel,
  chatWrapper: ChatWrapper,
  { history, functions }: { readonly history: ChatHistoryItem[]; readonly functions: Functions | null },
): number {
  const { contextText } = chatWrapper.generateContextState({
    chatHistory: history.at(-1)?.type === 'model' ? history : [...history, { type: 'model', response: [] }],
    ...(functions === null ? {} : { availableFunctions: functions.described, documentFunctionParams: true }),
  })
  const promptTokens = contextText.tokenize(loaded.model.tokenizer).length
  return roomFor(promptTokens, loaded.contextTokens)
}

/** @throws ProductError `language_context_exceeded` */
export function roomFor(promptTokens: number, contextTokens: number): number {
  const room = contextTokens - promptTokens - 1
  if (room >= leastRoom) return room
  throw new ProductError(
    'language_context_exceeded',
    `The conversation has ${promptTokens} tokens; the language model reads ${contextTokens}.`,
    { details: { prompt_tokens: promptTokens, context_tokens: contextTokens } },
  )
}

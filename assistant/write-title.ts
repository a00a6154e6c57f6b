import { generateText, type LanguageModel } from 'ai'
import type { LanguageEndpoint } from '../contracts/language.ts'
import type { AssistantParts } from './parts.ts'
import { tidyTitle } from './title.ts'

const longestTitle = 32
const patienceMs = 20_000

/**
 * Has the language model write a title for a new conversation. The built-in one cannot, and where another one fails the
 * title from the person's own words stays.
 */
export async function writeTitle(
  { prompts, transcript, onError }: Pick<AssistantParts, 'prompts' | 'transcript' | 'onError'>,
  conversation: string,
  said: string,
  { kind, model }: { kind: LanguageEndpoint['kind']; model: LanguageModel },
  signal: AbortSignal,
): Promise<void> {
  if (kind === 'built_in' || said.trim() === '') return
  try {
    const { text } = await generateText({
      model,
      prompt: prompts.title({ said: said.slice(0, 1000) }),
      maxOutputTokens: longestTitle,
      maxRetries: 0,
      abortSignal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]),
    })
    const title = tidyTitle(text)
    if (title !== null) transcript.title(conversation, title)
  } catch (error) {
    if (!signal.aborted) onError(error, 'writing a title')
  }
}

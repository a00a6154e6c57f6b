import type { PromptWords } from './entities/generation.ts'
import type { Vocabulary } from './entities/preset.ts'

/** Words that carry no picture of their own; they are neither known nor unknown. */
const functionWords = new Set(
  'a an and at by for from in into is it its of on onto or over the to under up with without as his her their my your our this that these those some very draw picture image style background'.split(
    ' ',
  ),
)

/**
 * Sorts the words of a prompt into those a model was trained on and the rest, each once, in their order.
 * A plural counts as known where its singular is.
 */
export function sortPromptWords(prompt: string, vocabulary: Vocabulary): PromptWords {
  const known = new Set(vocabulary.words)
  const words = [...new Set(prompt.toLowerCase().match(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu) ?? [])]
  const telling = words.filter((word) => !functionWords.has(word))
  const isKnown = (word: string) => known.has(word) || (word.endsWith('s') && known.has(word.slice(0, -1)))
  return { known: telling.filter(isKnown), unknown: telling.filter((word) => !isKnown(word)) }
}

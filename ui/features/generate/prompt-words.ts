import type { PromptWords } from '../../../contracts/entities/generation.ts'
import type { Vocabulary } from '../../../contracts/entities/preset.ts'

/** Words that carry no picture of their own; they are neither known nor unknown. */
const functionWords = new Set(
  'a an and at by for from in into is it its of on onto or over the to under up with without as his her their my your our this that these those some very draw picture image style background'.split(
    ' ',
  ),
)

/** Sorts a prompt's words by a model's vocabulary, the way the server does; a plural counts where its singular is known. */
export function sortWords(prompt: string, vocabulary: Vocabulary): PromptWords {
  const known = new Set(vocabulary.words)
  const words = [...new Set(prompt.toLowerCase().match(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu) ?? [])]
  const telling = words.filter((word) => !functionWords.has(word))
  const isKnown = (word: string): boolean =>
    known.has(word) || (word.endsWith('s') && known.has(word.slice(0, -1)))
  return { known: telling.filter(isKnown), unknown: telling.filter((word) => !isKnown(word)) }
}

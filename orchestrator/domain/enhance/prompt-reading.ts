import type { Vocabulary } from '../../../contracts/entities/preset.ts'
import { sortPromptWords } from '../../../contracts/prompt-words.ts'
import { styleLibraryGroup, type EnhanceRules } from './enhance-rules.ts'
import { plainWords, readWords, type WordStream } from './word-stream.ts'

/** Groups of words that a text can be asked for, each phrase in its plain form. */
export type Groups = ReadonlyMap<string, readonly string[]>

/** The groups of the rules, and the names of the styles there are as one more. */
export function compileGroups(rules: EnhanceRules, styleNames: readonly string[]): Groups {
  const named = Object.entries({ ...rules.groups, [styleLibraryGroup]: styleNames })
  return new Map(named.map(([name, phrases]) => [name, phrases.map(plainPhrase).filter((one) => one !== '')]))
}

/** The names of the groups of which a text says something. */
export function groupsSaidBy(words: WordStream, groups: Groups): Set<string> {
  const said = [...groups].filter(([, phrases]) => phrases.some((phrase) => words.says(phrase)))
  return new Set(said.map(([name]) => name))
}

/** The words of a text that carry its meaning. */
export function tellingWords(text: string): string[] {
  return sortPromptWords(text, { words: [], examples: [] }).unknown
}

/** True where a model knows all words of a text, as far as its words are known. */
export function isKnown(text: string, vocabulary: Vocabulary | null): boolean {
  return vocabulary === null || sortPromptWords(text, vocabulary).unknown.length === 0
}

/** Why the rules, which are written for English, cannot judge a prompt; null where they can. */
export function whyNotJudged(prompt: string, rules: EnhanceRules): 'no words' | 'other language' | null {
  const letters = prompt.match(/\p{L}/gu)?.length ?? 0
  if (letters === 0) return 'no words'
  const latin = prompt.match(/\p{Script=Latin}/gu)?.length ?? 0
  if (latin * 2 < letters) return 'other language'
  const words = readWords(prompt)
  const count = (phrases: readonly string[]) =>
    new Set(phrases.map(plainPhrase).filter((phrase) => words.says(phrase))).size
  return count(rules.other_languages) > count(rules.english) ? 'other language' : null
}

function plainPhrase(text: string): string {
  return plainWords(text).join(' ')
}

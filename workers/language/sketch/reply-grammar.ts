import type { Replies } from './assets.ts'

/** The longest part of a sentence that is looked ahead while a common beginning is shared; shorter ones end there. */
const splitLength = 12

/**
 * A grammar under which only sentences the model was taught can be written, so that it never says what is not true or no
 * sentence at all.
 *
 * @param outcome what came of the last call, in the model's words; null where the person is answered
 * @returns null where nothing is known for this, so that the model speaks freely
 */
export function writeReplyGrammar(replies: Replies, outcome: string | null): string | null {
  const sentences = outcome === null ? replies.replies : sentencesAfter(replies, outcome)
  if (sentences.length === 0) return null
  return writeChoice([...new Set(sentences)])
}

function sentencesAfter({ outcomes }: Replies, outcome: string): string[] {
  const exact = outcomes[outcome]
  if (exact !== undefined) return exact
  const [, kind, count] = /^(.*?) (\d+)$/.exec(outcome) ?? []
  return (outcomes[kind ?? ''] ?? []).map((sentence) => sentence.replaceAll('{n}', count ?? ''))
}

/** Sentences that begin alike share a rule, or each step would have to follow all of them. */
function writeChoice(sentences: readonly string[]): string {
  const groups = Map.groupBy(sentences, (sentence) => [...sentence].slice(0, splitLength).join(''))
  const rules = [...groups].map(([beginning, group], index) => {
    const endings = group.map((sentence) => JSON.stringify(sentence.slice(beginning.length)))
    return `g${index} ::= ${JSON.stringify(beginning)} (${endings.join(' | ')})`
  })
  return [`root ::= ${[...groups.keys()].map((_, index) => `g${index}`).join(' | ')}`, ...rules].join('\n')
}

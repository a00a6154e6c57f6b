/** Ends a run of words: nothing is found across it. */
const boundary = '|'

/** What follows is to be left out, or is said not to be there. */
const negations = new Set(['no', 'not', 'without', 'never', 'avoid'])

/** Words that may stand between a negation and what it is about. */
const fillers = new Set('a an any the of more in on at with by near under over from to'.split(' '))

/** Words that carry a negation on to the next word. */
const carriers = new Set(['or', 'nor'])

/** The words of a prompt, made ready for looking things up. */
export interface WordStream {
  /** Whether it says a phrase, which is given in its plain form. */
  readonly says: (phrase: string) => boolean
  /** Whether it says that a word, in its plain form, is not to be there. */
  readonly refuses: (word: string) => boolean
}

/** The words of a text in one form: lower case, singular, hyphens as spaces, `|` for every comma or full stop. */
export function plainWords(text: string): string[] {
  return (
    (
      text
        .normalize('NFKC')
        .toLowerCase()
        // A reference to a file of weights, as in <lora:paper-cut:0.8>, describes nothing.
        .replaceAll(/<[^<>]*>/g, ' | ')
        .match(/[\p{L}\p{N}\p{M}]+|[^\p{L}\p{N}\p{M}\s'’_-]/gu) ?? []
    ).map((word) => (/^[\p{L}\p{N}\p{M}]/u.test(word) ? singular(word) : boundary))
  )
}

/** Reads a prompt. What stands behind a negation is refused, and not said. */
export function readWords(prompt: string): WordStream {
  const said: string[] = []
  const refused = new Set<string>()
  let negated = false
  let justRefused = false
  for (const word of plainWords(prompt)) {
    if (word === boundary) negated = false
    if (negations.has(word) || (justRefused && carriers.has(word))) negated = true
    else if (!negated) said.push(word)
    else if (!fillers.has(word)) {
      refused.add(word)
      said.push(boundary)
      negated = false
      justRefused = true
      continue
    }
    justRefused = false
  }
  const text = ` ${said.join(' ')} `
  return {
    says: (phrase) => text.includes(` ${phrase} `),
    refuses: (word) => refused.has(word),
  }
}

/** Crude, and enough for comparing: both sides go through it. */
function singular(word: string): string {
  return word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word
}

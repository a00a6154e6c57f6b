import type { RouterWeights } from './assets.ts'
import type { Choice } from './known-tools.ts'
import type { Situation } from './transcript.ts'

/** How likely each choice is, as a share of one. */
export type Chances = ReadonlyMap<Choice, number>

/** Longer texts are looked at from both ends, so many characters each. */
const endLength = 200

/** Letters of the languages the router saw words of; everything else counts sign by sign. */
const letters = "a-z0-9'äöüßéèêáàâíóúñçøåæ"
const wordOrSign = new RegExp(`[${letters}]+|[^\\s${letters}]`, 'gu')

/**
 * Says what a person wants by the letters and words of what they said: a linear classifier over hashed n-grams, trained on
 * the same data as the model. Features and hash are those of its training, see training/language.
 */
export function route(weights: RouterWeights, say: string, situation: Situation): Chances {
  const slots = new Set([...features(say, situation)].map((feature) => hash(feature) % weights.slots))
  const width = weights.tools.length
  const scores = weights.bias.map((bias, column) => {
    let sum = 0
    for (const slot of slots) sum += weights.weights[slot * width + column] ?? 0
    return (sum * weights.scale) / Math.sqrt(slots.size) + bias
  })
  const highest = Math.max(...scores)
  const raised = scores.map((score) => Math.exp(score - highest))
  const total = raised.reduce((sum, value) => sum + value, 0)
  return new Map(weights.tools.map((tool, column) => [tool, (raised[column] ?? 0) / total]))
}

/** Characters in runs of 2 to 5; words alone, in pairs, around a gap and in threes; both ends, some with the situation. */
function features(say: string, situation: Situation): Set<string> {
  const text = normalise(say)
  const found = new Set<string>()
  const framed = [...`^${text}$`]
  for (let length = 2; length <= 5; length += 1)
    for (let start = 0; start + length <= framed.length; start += 1)
      found.add(`c${framed.slice(start, start + length).join('')}`)
  const words = ['^', ...(text.match(wordOrSign) ?? []), '$']
  for (const [index, word] of words.entries()) {
    const next = words[index + 1]
    const afterNext = words[index + 2]
    found.add(`w${word}`).add(`s${situation} ${word}`)
    if (next !== undefined) found.add(`p${word} ${next}`)
    if (afterNext !== undefined) found.add(`k${word} ${afterNext}`).add(`t${word} ${next} ${afterNext}`)
  }
  for (const count of [2, 3, 4])
    found.add(`f${words.slice(0, count).join(' ')}`).add(`l${words.slice(-count).join(' ')}`)
  for (const count of [2, 3]) found.add(`g${situation} ${words.slice(0, count).join(' ')}`)
  return found.add(`b${situation} ${Math.min(12, words.length)}`)
}

function normalise(say: string): string {
  const text = say
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\p{Nd}+/gu, '0')
  const characters = [...text]
  if (characters.length <= 2 * endLength) return text
  return `${characters.slice(0, endLength).join('')} ${characters.slice(-endLength).join('')}`
}

/** FNV-1a with 32 bits over the bytes of UTF-8. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (const byte of Buffer.from(text)) value = Math.imul(value ^ byte, 0x01000193) >>> 0
  return value
}

/**
 * Joins the two opinions as a weighted mean of logarithms.
 *
 * @param router null where there is none: then the model decides alone
 * @param modelShare how much the model counts, 0 to 1
 * @param among what may be chosen, at least one
 */
export function combineChances(
  model: Chances,
  router: Chances | null,
  modelShare: number,
  among: readonly Choice[],
): Choice {
  const logarithm = (chances: Chances, choice: Choice) => Math.log((chances.get(choice) ?? 0) + 1e-4)
  const scored = among.map((choice) => {
    const own = logarithm(model, choice)
    const score = router === null ? own : modelShare * own + (1 - modelShare) * logarithm(router, choice)
    return { choice, score }
  })
  return scored.reduce((best, next) => (next.score > best.score ? next : best)).choice
}

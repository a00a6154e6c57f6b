import { readAll, readOne, type ReadableDatabase } from '../connection.ts'

/** Letters that may be wrong, missing, too many or swapped. */
const farthest = 2
const shortestWord = 3

/**
 * For words that stand in no picture, the nearest ones that do; the most frequent of those that are equally near.
 * Words that are known, too short or not of letters are left out of the answer.
 */
export function suggestSpelling(
  database: ReadableDatabase,
  { words }: { readonly words: readonly string[] },
): Record<string, string> {
  const suggestions = words.map((word) => [word, suggestionFor(database, foldWord(word))] as const)
  return Object.fromEntries(suggestions.filter((pair): pair is [string, string] => pair[1] !== null))
}

/** A word as the index keeps it: lower case, without accents. */
export function foldWord(word: string): string {
  return word.toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '')
}

function suggestionFor(database: ReadableDatabase, word: string): string | null {
  const letters = Array.from(word)
  if (letters.length < shortestWord || !/^\p{L}+$/u.test(word) || isKnown(database, word)) return null
  const allowed = letters.length < 5 ? 1 : farthest
  const nearest = candidates(database, letters)
    .map(({ term, doc }) => ({ term, doc, distance: distanceWithin(letters, Array.from(term), allowed) }))
    .filter(({ distance }) => distance <= allowed)
    .toSorted((a, b) => a.distance - b.distance || b.doc - a.doc)
  return nearest[0]?.term ?? null
}

function isKnown(database: ReadableDatabase, word: string): boolean {
  return readOne(database, 'SELECT doc FROM generations_vocabulary WHERE term = :word', { word }) !== null
}

/** Words of about this length that begin with its first letter, or its second should the two be swapped. */
function candidates(database: ReadableDatabase, letters: readonly string[]): { term: string; doc: number }[] {
  const sql = `SELECT term, doc FROM generations_vocabulary
    WHERE term >= :start AND term < :end AND length(term) BETWEEN :shortest AND :longest`
  return [...new Set(letters.slice(0, 2))].flatMap((start) =>
    readAll<{ term: string; doc: number }>(database, sql, {
      start,
      end: `${start}\u{10FFFF}`,
      shortest: letters.length - farthest,
      longest: letters.length + farthest,
    }),
  )
}

/**
 * The optimal string alignment distance: how many letters to change, add, drop or swap with their neighbour.
 *
 * @returns any number above `limit` where it is larger than that
 */
export function distanceWithin(from: readonly string[], to: readonly string[], limit: number): number {
  if (Math.abs(from.length - to.length) > limit) return limit + 1
  let beforeLast: number[] = []
  let last = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (const [row, letter] of from.entries()) {
    const current = [row + 1]
    for (const [column, other] of to.entries()) {
      const changed = (last[column] ?? 0) + (letter === other ? 0 : 1)
      const swapped =
        letter === to[column - 1] && from[row - 1] === other ? (beforeLast[column - 1] ?? 0) + 1 : Infinity
      current.push(Math.min(changed, swapped, (last[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1))
    }
    if (Math.min(...current) > limit) return limit + 1
    beforeLast = last
    last = current
  }
  return last.at(-1) ?? 0
}

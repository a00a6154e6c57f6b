import { ProductError } from '../../../contracts/errors.ts'
import type { ReadableDatabase } from '../../storage/connection.ts'
import { distanceWithin } from '../../storage/search/spelling.ts'
import { findStyleByName, styleNames } from '../../storage/style-list.ts'
import { normalizeStyleName } from '../../storage/style-name.ts'
import type { StyleRow } from '../../storage/style-row.ts'

const mostSuggestions = 5

/** A name as it is compared, with the name as it is shown. */
interface Candidate {
  readonly name: string
  readonly words: string
}

/**
 * The style a name means: the one called so, else the only one whose name differs by a slip, else the only one whose
 * name has all its words.
 *
 * @throws ProductError `style_not_found` with suggestions in `details`, or `style_ambiguous` with the candidates
 */
export function findStyle(database: ReadableDatabase, name: string): StyleRow {
  const exact = findStyleByName(database, name)
  if (exact !== null) return exact
  const wanted = normalizeStyleName(name)
  const candidates = styleNames(database).map((style) => ({ name: style.name, words: style.normalized_name }))
  const meant = chooseCandidates(wanted, candidates)
  const [only, ...others] = meant
  if (only === undefined) {
    const suggestions = suggest(wanted, candidates)
    const hint = suggestions.length === 0 ? '' : ` Did you mean ${suggestions.map(quote).join(' or ')}?`
    throw new ProductError('style_not_found', `There is no style "${name}".${hint}`, {
      details: { suggestions },
    })
  }
  if (others.length > 0) {
    const names = meant.map((candidate) => candidate.name)
    throw new ProductError('style_ambiguous', `"${name}" may mean ${names.map(quote).join(' or ')}.`, {
      details: { candidates: names },
    })
  }
  const found = findStyleByName(database, only.name)
  if (found === null) throw new ProductError('style_not_found')
  return found
}

/** Those a name may mean, of the first kind of likeness that any has. */
function chooseCandidates(wanted: string, candidates: readonly Candidate[]): Candidate[] {
  const compact = wanted.replaceAll(' ', '')
  const joined = candidates.filter(({ words }) => words.replaceAll(' ', '') === compact)
  if (joined.length > 0) return joined
  const misspelled = nearest(compact, candidates, slipsAllowed(compact))
  if (misspelled.length > 0) return misspelled
  const parts = wanted.split(' ').filter((part) => part !== '')
  return candidates.filter(
    ({ words }) => compact.length >= 3 && parts.every((part) => hasWordLike(words, part)),
  )
}

function hasWordLike(words: string, beginning: string): boolean {
  return words.split(' ').some((word) => word.startsWith(beginning))
}

/** Those with the fewest slips, where there are some with no more than these. */
function nearest(compact: string, candidates: readonly Candidate[], limit: number): Candidate[] {
  const measured = candidates.map((candidate) => ({
    candidate,
    slips: slipsBetween(compact, candidate, limit),
  }))
  const fewest = Math.min(...measured.map(({ slips }) => slips))
  return fewest > limit
    ? []
    : measured.filter(({ slips }) => slips === fewest).map(({ candidate }) => candidate)
}

/** Names that are somewhat alike: by a word they share, or by many of their letters. */
function suggest(wanted: string, candidates: readonly Candidate[]): string[] {
  const compact = wanted.replaceAll(' ', '')
  const limit = Math.max(2, Math.floor(compact.length / 2))
  const parts = wanted.split(' ').filter((part) => part.length >= 3)
  return candidates
    .map((candidate) => ({
      name: candidate.name,
      slips: parts.some((part) => candidate.words.includes(part))
        ? 0
        : slipsBetween(compact, candidate, limit),
    }))
    .filter(({ slips }) => slips <= limit)
    .toSorted((one, other) => one.slips - other.slips)
    .slice(0, mostSuggestions)
    .map(({ name }) => name)
}

function slipsBetween(compact: string, { words }: Candidate, limit: number): number {
  return distanceWithin(Array.from(compact), Array.from(words.replaceAll(' ', '')), limit)
}

/** A short name is easily another one. */
function slipsAllowed(compact: string): number {
  if (compact.length < 4) return 0
  return compact.length < 7 ? 1 : 2
}

function quote(name: string): string {
  return `"${name}"`
}

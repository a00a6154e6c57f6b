import { generationStateSchema } from '../../../contracts/entities/generation.ts'
import type { Comparison, SearchAlternative, SearchTerm } from '../../storage/search/search-query.ts'
import { startOfDate } from './start-of-date.ts'

/** Reads the value of one filter; null where it makes no sense, so that what was typed is taken as words. */
type FilterReader = (value: string) => SearchTerm | SearchAlternative | null

const largestSeed = 4_294_967_295
const shapes = ['landscape', 'portrait', 'square'] as const

const readers: Readonly<Record<string, FilterReader>> = {
  rating: (value) => {
    if (value === 'none') return { type: 'unrated' }
    const found = /^(?<comparison>[<>]=?|=)?(?<stars>\d{1,2})$/.exec(value)?.groups
    if (found === undefined) return null
    return { type: 'rating', comparison: comparisonOf(found), stars: Number(found['stars']) }
  },
  favorite: readFavorite,
  favourite: readFavorite,
  size: readSize,
  before: (value) => {
    const before = startOfDate(value)
    return before === null ? null : { type: 'time', from: null, before }
  },
  after: (value) => {
    const from = startOfDate(value)
    return from === null ? null : { type: 'time', from, before: null }
  },
  seed: (value) => {
    const seed = /^\d{1,10}$/.test(value) ? Number(value) : Infinity
    return seed <= largestSeed ? { type: 'seed', seed } : null
  },
  state: (value) => {
    const state = generationStateSchema.safeParse(value)
    return state.success ? { type: 'state', state: state.data } : null
  },
}

/** True for a word before a colon that names a filter with values of its own kind. */
export function isFilter(field: string): boolean {
  return Object.hasOwn(readers, field)
}

/** Reads `field:value`; null where the value makes no sense for this field. */
export function readFilter(field: string, value: string): SearchAlternative | null {
  const read = readers[field]?.(value.trim().toLowerCase()) ?? null
  if (read === null) return null
  return 'term' in read ? read : { term: read, negated: false }
}

function readFavorite(value: string): SearchAlternative | null {
  if (['', 'yes', 'true', '1'].includes(value)) return { term: { type: 'favorite' }, negated: false }
  return ['no', 'false', '0'].includes(value) ? { term: { type: 'favorite' }, negated: true } : null
}

function readSize(value: string): SearchTerm | null {
  const shape = shapes.find((name) => name === value)
  if (shape !== undefined) return { type: 'shape', shape }
  const exact = /^(?<width>\d{1,5})[x×*](?<height>\d{1,5})$/u.exec(value)?.groups
  if (exact !== undefined)
    return { type: 'size', width: Number(exact['width']), height: Number(exact['height']) }
  const side = /^(?<comparison>[<>]=?|=)?(?<pixels>\d{1,5})$/.exec(value)?.groups
  if (side === undefined) return null
  return { type: 'side', comparison: comparisonOf(side), pixels: Number(side['pixels']) }
}

function comparisonOf(groups: Record<string, string | undefined>): Comparison {
  return (groups['comparison'] ?? '=') as Comparison
}

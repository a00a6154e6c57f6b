import { idOfTime } from '../identifiers.ts'
import type { SearchTerm } from './search-query.ts'

/** Takes a value for the parameters of a statement, and gives what stands for it there. */
export type Named = (value: string | number) => string

const shapes = { landscape: '>', portrait: '<', square: '=' } as const

/** A term as a condition on the columns of `generations`, true or false and never null; null for what only the index knows. */
export function toRowCondition(term: SearchTerm, named: Named): string | null {
  switch (term.type) {
    case 'text':
    case 'tag':
    case 'collection':
    case 'symbol':
      return null
    case 'preset':
      return `generations.preset_id = ${named(term.id)}`
    case 'favorite':
      return 'generations.favorite = 1'
    case 'rating':
      return `coalesce(generations.rating ${term.comparison} ${named(term.stars)}, FALSE)`
    case 'unrated':
      return 'generations.rating IS NULL'
    case 'size':
      return `(generations.width = ${named(term.width)} AND generations.height = ${named(term.height)})`
    case 'side':
      return `max(generations.width, generations.height) / 8 * 8 ${term.comparison} ${named(term.pixels)}`
    case 'shape':
      return `generations.width ${shapes[term.shape]} generations.height`
    case 'seed':
      return `generations.seed = ${named(term.seed)}`
    case 'state':
      return `generations.state = ${named(term.state)}`
    case 'time': {
      const limits = [
        term.from === null ? null : `generations.id >= ${named(idOfTime(term.from))}`,
        term.before === null ? null : `generations.id < ${named(idOfTime(term.before))}`,
      ].filter((limit) => limit !== null)
      return limits.length === 0 ? 'TRUE' : limits.join(' AND ')
    }
  }
}

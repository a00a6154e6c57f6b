import type { GenerationState } from '../../../contracts/entities/generation.ts'
import type { ReadableDatabase } from '../connection.ts'
import { everyPicture, toFullText } from './full-text.ts'
import type { SearchAlternative, SearchQuery, SearchTerm } from './search-query.ts'

/** A query as SQLite understands it. Everything a person typed is in the parameters. */
export interface CompiledSearch {
  /** What the full-text index has to match; null where it need not be asked. */
  readonly match: string | null
  /** Conditions on `generations.id`, which is the rowid of the index as well; `:from` and `:before` where there are some. */
  readonly from: number | null
  readonly before: number | null
  /** The one seed that all have; null where that is not asked for. */
  readonly seed: number | null
  /** The one state that all have; null where that is not asked for. */
  readonly state: GenerationState | null
  /** Further conditions on the columns of `generations`. */
  readonly conditions: readonly string[]
  readonly parameters: Readonly<Record<string, string | number>>
}

const idsPerMillisecond = 1024

/** Turns a query into what SQLite is asked. */
export function compileSearch(database: ReadableDatabase, query: SearchQuery): CompiledSearch {
  const wanted: string[] = []
  const unwanted: string[] = []
  const conditions: string[] = []
  const parameters: Record<string, string | number> = {}
  const from: number[] = []
  const before: number[] = []
  let seed: number | null = null
  let state: GenerationState | null = null
  const named = (value: string | number): string => {
    const name = `value${Object.keys(parameters).length}`
    parameters[name] = value
    return `:${name}`
  }

  for (const alternatives of query.groups) {
    const [only, ...others] = alternatives
    const expressions = alternatives.map(({ term }) => toFullText(database, term))
    if (only !== undefined && others.length === 0) {
      const expression = expressions[0] ?? null
      if (expression !== null) (only.negated ? unwanted : wanted).push(expression)
      else if (only.term.type === 'time' && !only.negated) {
        if (only.term.from !== null) from.push(idOfTime(only.term.from))
        if (only.term.before !== null) before.push(idOfTime(only.term.before))
      } else if (only.term.type === 'seed' && !only.negated && (seed ?? only.term.seed) === only.term.seed) {
        seed = only.term.seed
      } else if (
        only.term.type === 'state' &&
        !only.negated &&
        (state ?? only.term.state) === only.term.state
      ) {
        state = only.term.state
      } else conditions.push(toCondition(only, named))
    } else if (!expressions.includes(null)) {
      wanted.push(anyOf(alternatives.map(({ negated }, index) => orNot(expressions[index] ?? '', negated))))
    } else {
      conditions.push(mixedCondition(alternatives, expressions, named))
    }
  }
  return {
    match: combine(wanted, unwanted),
    from: from.length === 0 ? null : Math.max(...from),
    before: before.length === 0 ? null : Math.min(...before),
    seed,
    state,
    conditions,
    parameters,
  }
}

function combine(wanted: readonly string[], unwanted: readonly string[]): string | null {
  if (wanted.length === 0 && unwanted.length === 0) return null
  const found = wanted.length === 0 ? everyPicture : wanted.map((one) => `(${one})`).join(' AND ')
  return unwanted.length === 0 ? found : `(${found}) NOT ${anyOf(unwanted)}`
}

function anyOf(expressions: readonly string[]): string {
  return `(${expressions.map((one) => `(${one})`).join(' OR ')})`
}

function orNot(expression: string, negated: boolean): string {
  return negated ? `${everyPicture} NOT (${expression})` : expression
}

/** An OR between words and something the index knows nothing of: rare, and never fast. */
function mixedCondition(
  alternatives: readonly SearchAlternative[],
  expressions: readonly (string | null)[],
  named: (value: string | number) => string,
): string {
  const conditions = alternatives.map((alternative, index) => {
    const expression = expressions[index] ?? null
    if (expression === null) return toCondition(alternative, named)
    const inside = alternative.negated ? 'NOT IN' : 'IN'
    return `generations.id ${inside} (SELECT rowid FROM generations_fts WHERE generations_fts MATCH ${named(expression)})`
  })
  return `(${conditions.join(' OR ')})`
}

function toCondition(
  { term, negated }: SearchAlternative,
  named: (value: string | number) => string,
): string {
  const condition = positiveCondition(term, named)
  return negated ? `NOT (${condition})` : condition
}

function positiveCondition(term: SearchTerm, named: (value: string | number) => string): string {
  if (term.type === 'seed') return `generations.seed = ${named(term.seed)}`
  if (term.type === 'state') return `generations.state = ${named(term.state)}`
  if (term.type !== 'time') throw new Error(`The index knows terms of the type ${term.type}.`)
  const limits = [
    term.from === null ? null : `generations.id >= ${named(idOfTime(term.from))}`,
    term.before === null ? null : `generations.id < ${named(idOfTime(term.before))}`,
  ].filter((limit) => limit !== null)
  return limits.length === 0 ? 'TRUE' : limits.join(' AND ')
}

/** The smallest id that can be made at a time. */
export function idOfTime(time: number): number {
  return Math.min(Math.max(time * idsPerMillisecond, 0), Number.MAX_SAFE_INTEGER)
}

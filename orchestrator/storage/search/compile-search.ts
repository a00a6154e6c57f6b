import type { GenerationState } from '../../../contracts/entities/generation.ts'
import { readOne, type ReadableDatabase } from '../connection.ts'
import { idOfTime } from '../identifiers.ts'
import { everyPicture, toFullText } from './full-text.ts'
import { toRowCondition, type Named } from './row-condition.ts'
import type { SearchAlternative, SearchQuery } from './search-query.ts'

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
  /** The same where words do the finding and filters are looked up in the rows; null where that is no other way. */
  readonly byRows: { readonly match: string; readonly conditions: readonly string[] } | null
}

type Limits = { -readonly [Name in 'from' | 'before' | 'seed' | 'state']: CompiledSearch[Name] }

interface Expressions {
  readonly wanted: string[]
  readonly unwanted: string[]
  readonly conditions: string[]
}

/** Turns a query into what SQLite is asked. */
export function compileSearch(database: ReadableDatabase, given: SearchQuery): CompiledSearch {
  const query = withPresetIds(database, given)
  const full: Expressions = { wanted: [], unwanted: [], conditions: [] }
  const byRows: Expressions = { wanted: [], unwanted: [], conditions: [] }
  const { conditions } = full
  const parameters: Record<string, string | number> = {}
  const limits: Limits = { from: null, before: null, seed: null, state: null }
  const named: Named = (value) => {
    const name = `value${Object.keys(parameters).length}`
    parameters[name] = value
    return `:${name}`
  }

  for (const alternatives of query.groups) {
    const [only, ...others] = alternatives
    const expressions = alternatives.map(({ term }) => toFullText(database, term))
    if (only !== undefined && others.length === 0) {
      const expression = expressions[0] ?? null
      if (expression === null) {
        if (!takeLimit(limits, only)) conditions.push(toCondition(only, named))
        continue
      }
      const side = only.negated ? 'unwanted' : 'wanted'
      full[side].push(expression)
      const condition = rowCondition(only, named)
      if (condition === null) byRows[side].push(expression)
      else byRows.conditions.push(condition)
    } else if (!expressions.includes(null)) {
      const expression = anyOf(
        alternatives.map(({ negated }, index) => orNot(expressions[index] ?? '', negated)),
      )
      full.wanted.push(expression)
      byRows.wanted.push(expression)
    } else {
      conditions.push(mixedCondition(alternatives, expressions, named))
    }
  }
  const canUseRows = byRows.wanted.length > 0 && byRows.conditions.length > 0
  return {
    match: combine(full),
    ...limits,
    conditions,
    parameters,
    byRows: canUseRows
      ? { match: combine(byRows) ?? everyPicture, conditions: [...conditions, ...byRows.conditions] }
      : null,
  }
}

/** Narrows what is asked of all pictures by one more filter; false where it is none of these kinds, or a second one. */
function takeLimit(limits: Limits, { term, negated }: SearchAlternative): boolean {
  if (negated) return false
  if (term.type === 'time') {
    if (term.from !== null) limits.from = Math.max(limits.from ?? 0, idOfTime(term.from))
    if (term.before !== null) limits.before = Math.min(limits.before ?? Infinity, idOfTime(term.before))
    return true
  }
  if (term.type === 'seed' && limits.seed === null) limits.seed = term.seed
  else if (term.type === 'state' && limits.state === null) limits.state = term.state
  else return false
  return true
}

/** A preset that is named by its whole id is looked for by that. */
function withPresetIds(database: ReadableDatabase, { groups }: SearchQuery): SearchQuery {
  const known = (id: string) =>
    readOne(database, 'SELECT 1 FROM preset_uses WHERE preset_id = :id', { id }) !== null
  const resolve = (alternative: SearchAlternative): SearchAlternative => {
    const { term } = alternative
    if (term.type !== 'text' || term.scope !== 'preset' || term.prefix) return alternative
    const id = term.text.toLowerCase()
    return known(id) ? { ...alternative, term: { type: 'preset', id } } : alternative
  }
  return { groups: groups.map((alternatives) => alternatives.map(resolve)) }
}

function combine({ wanted, unwanted }: Expressions): string | null {
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
  named: Named,
): string {
  const conditions = alternatives.map((alternative, index) => {
    const expression = expressions[index] ?? null
    if (expression === null) return toCondition(alternative, named)
    const inside = alternative.negated ? 'NOT IN' : 'IN'
    return `generations.id ${inside} (SELECT rowid FROM generations_fts WHERE generations_fts MATCH ${named(expression)})`
  })
  return `(${conditions.join(' OR ')})`
}

function toCondition(alternative: SearchAlternative, named: Named): string {
  const condition = rowCondition(alternative, named)
  if (condition === null) throw new Error(`Only the index knows terms of the type ${alternative.term.type}.`)
  return condition
}

function rowCondition({ term, negated }: SearchAlternative, named: Named): string | null {
  const condition = toRowCondition(term, named)
  return condition !== null && negated ? `NOT (${condition})` : condition
}

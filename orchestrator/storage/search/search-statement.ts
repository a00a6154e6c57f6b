import type { Parameters } from '../connection.ts'
import type { CompiledSearch } from './compile-search.ts'

/** Which part of the matches is asked for. */
export interface SearchWindow {
  /** Only pictures with a smaller id; null for all. */
  readonly below: number | null
  /** Only pictures with this id or a larger one, and then oldest first; left out for newest first. */
  readonly upFrom?: number
  readonly limit: number
}

/** A statement and its parameters. */
export interface Statement {
  readonly sql: string
  readonly parameters: Parameters
}

/** How much a word weighs by where it stands: prompt, negative prompt, notes, tags, preset, style, marks. */
const weights = '4.0, 0.0, 2.0, 6.0, 0.0, 2.0, 0.0'

/**
 * The statement that finds ids of pictures outside the bin, newest first. The index gives its matches in this order, so
 * that a page is read no further than it goes.
 */
export function searchStatement(search: CompiledSearch, window: SearchWindow): Statement {
  return statement(search, window, false)
}

/**
 * The same with a `score` for each: the smaller, the better the words fit. Scoring looks at every match of the window.
 * Only for a query that asks the index.
 */
export function scoredStatement(search: CompiledSearch, window: SearchWindow): Statement {
  return statement(search, window, true)
}

/**
 * The statement that looks the filters of a search up in the rows of candidates.
 *
 * @param ids what `searchStatement` finds for the search without its filters
 */
export function rowsStatement(
  search: CompiledSearch,
  byRows: NonNullable<CompiledSearch['byRows']>,
  ids: readonly number[],
  limit: number,
): Statement {
  const conditions = [...byRows.conditions]
  const parameters: Record<string, string | number> = {
    ...search.parameters,
    ids: JSON.stringify(ids),
    limit,
  }
  for (const name of ['seed', 'state'] as const) {
    const value = search[name]
    if (value === null) continue
    conditions.push(`generations.${name} = :${name}`)
    parameters[name] = value
  }
  // The ids come in their order, and the rows are looked up one by one until there are enough.
  const sql = `SELECT generations.id AS id FROM json_each(:ids) CROSS JOIN generations ON generations.id = value
    WHERE ${conditions.join(' AND ')} LIMIT :limit`
  return { sql, parameters }
}

/** A search by its words alone, and when they were made. */
export function withoutFilters(search: CompiledSearch): CompiledSearch {
  const match = search.byRows === null ? search.match : search.byRows.match
  return { ...search, match, seed: null, state: null, conditions: [], parameters: {}, byRows: null }
}

/** The table that drives a search. A seed finds few pictures, so that each of them can be looked up in the index. */
function statement(search: CompiledSearch, window: SearchWindow, scored: boolean): Statement {
  const driven = search.match !== null && (search.seed === null || scored) ? 'index' : 'table'
  const id = driven === 'index' ? 'generations_fts.rowid' : 'generations.id'
  const order = `${id} ${window.upFrom === undefined ? 'DESC' : 'ASC'}`
  const parameters: Record<string, string | number> = { ...search.parameters, limit: window.limit }
  const conditions = [...search.conditions]
  const bind = (name: string, value: string | number | null, condition: string) => {
    if (value === null) return
    parameters[name] = value
    conditions.push(condition)
  }
  bind('below', window.below, `${id} < :below`)
  bind('upFrom', window.upFrom ?? null, `${id} >= :upFrom`)
  bind('from', search.from, `${id} >= :from`)
  bind('before', search.before, `${id} < :before`)
  bind('seed', search.seed, 'generations.seed = :seed')
  bind('state', search.state, 'generations.state = :state')
  const match = 'generations_fts MATCH :match'
  const usesTable = search.conditions.length > 0 || search.seed !== null || search.state !== null
  if (driven === 'index') {
    bind('match', search.match, match)
    const join = usesTable ? ' CROSS JOIN generations ON generations.id = generations_fts.rowid' : ''
    const score = scored ? `, bm25(generations_fts, ${weights}) AS score` : ''
    return { sql: select(`${id} AS id${score}`, `generations_fts${join}`, conditions, order), parameters }
  }
  conditions.push('generations.deleted_at IS NULL')
  const looked = `EXISTS (SELECT 1 FROM generations_fts WHERE ${match} AND rowid = generations.id)`
  bind('match', search.match, looked)
  const unseeded = search.state === null ? 'generations_kept' : 'generations_kept_by_state'
  const index = search.seed === null ? unseeded : 'generations_by_seed'
  return { sql: select(`${id} AS id`, `generations INDEXED BY ${index}`, conditions, order), parameters }
}

function select(columns: string, from: string, conditions: readonly string[], order: string): string {
  return `SELECT ${columns} FROM ${from} WHERE ${conditions.join(' AND ')} ORDER BY ${order} LIMIT :limit`
}

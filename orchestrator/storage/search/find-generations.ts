import { readAll, type ReadableDatabase } from '../connection.ts'
import { compileSearch, type CompiledSearch } from './compile-search.ts'
import type { SearchQuery } from './search-query.ts'
import {
  rowsStatement,
  scoredStatement,
  searchStatement,
  withoutFilters,
  type SearchWindow,
  type Statement,
} from './search-statement.ts'

/** How many of the newest matches are ranked: more would cost seconds at a million pictures. */
export const rankedMatches = 2000

/** How many pictures with the words have their filters looked up, before the index is asked for the filters as well. */
export const filteredByRow = 1000

/** Where a ranked list goes on: the newest match it began with, so that new pictures shift nothing, and the place in it. */
export interface RankedCursor {
  readonly newest: number
  readonly offset: number
}

/** One page of ids, and where the next one goes on; null at the end. */
export interface FoundPage<Cursor> {
  readonly ids: number[]
  readonly next: Cursor | null
}

/** Finds pictures outside the bin, newest first; the cursor is the last id of the page before. */
export function findNewest(
  database: ReadableDatabase,
  request: { readonly query: SearchQuery; readonly cursor: number | null; readonly limit: number },
): FoundPage<number> {
  const search = compileSearch(database, request.query)
  const window = { below: request.cursor, limit: request.limit + 1 }
  const ids = findByRows(database, search, window) ?? readIds(database, searchStatement(search, window))
  const page = ids.slice(0, request.limit)
  return { ids: page, next: ids.length > request.limit ? (page.at(-1) ?? null) : null }
}

/**
 * Most filters let many pictures through, and the index would read long lists only to find that out. So the newest
 * pictures with the words are looked at first.
 *
 * @returns null where that does not fill the page although there is more
 */
function findByRows(
  database: ReadableDatabase,
  search: CompiledSearch,
  window: SearchWindow,
): number[] | null {
  if (search.byRows === null) return null
  const statement = searchStatement(withoutFilters(search), { ...window, limit: filteredByRow })
  const candidates = readIds(database, statement)
  const found = readIds(database, rowsStatement(search, search.byRows, candidates, window.limit))
  return found.length === window.limit || candidates.length < filteredByRow ? found : null
}

function readIds(database: ReadableDatabase, { sql, parameters }: Statement): number[] {
  return readAll<{ id: number }>(database, sql, parameters).map(({ id }) => id)
}

/** Finds the pictures that fit the words best, among the newest `rankedMatches`; newest first where there are no words. */
export function findRelevant(
  database: ReadableDatabase,
  request: { readonly query: SearchQuery; readonly cursor: RankedCursor | null; readonly limit: number },
): FoundPage<RankedCursor> {
  const { cursor, limit } = request
  const search = compileSearch(database, request.query)
  const window = { below: cursor === null ? null : cursor.newest + 1, limit: rankedMatches }
  const { sql, parameters } =
    search.match === null ? searchStatement(search, window) : scoredStatement(search, window)
  const found = readAll<{ id: number; score?: number }>(database, sql, parameters)
  const best = found.toSorted((a, b) => (a.score ?? 0) - (b.score ?? 0) || b.id - a.id)
  const offset = cursor?.offset ?? 0
  const ids = best.slice(offset, offset + limit).map(({ id }) => id)
  const newest = cursor?.newest ?? found[0]?.id
  const goesOn = offset + limit < best.length && newest !== undefined
  return { ids, next: goesOn ? { newest, offset: offset + limit } : null }
}

import { readAll, type ReadableDatabase } from '../connection.ts'
import { compileSearch, type CompiledSearch } from './compile-search.ts'
import { rankByRelevance } from './relevance.ts'
import type { SearchQuery } from './search-query.ts'
import {
  rowsStatement,
  searchStatement,
  withoutFilters,
  type SearchWindow,
  type Statement,
} from './search-statement.ts'

/** How many of the newest matches are ranked: their texts are read, which takes some 10 microseconds each. */
export const rankedMatches = 1000

/** How many pictures with the words have their filters looked up, step by step, before the index is asked for the filters as well. */
export const filteredByRow = [1000, 2000] as const

/** Where fewer pictures of the first step pass, the next would not fill a page, and the index finds them sooner. */
const fewPass = 15

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
  const found: number[] = []
  let { below } = window
  for (const [step, limit] of filteredByRow.entries()) {
    if (step > 0 && found.length < fewPass) return null
    const candidates = readIds(database, searchStatement(withoutFilters(search), { below, limit }))
    const wanted = window.limit - found.length
    found.push(...readIds(database, rowsStatement(search, search.byRows, candidates, wanted)))
    if (found.length === window.limit || candidates.length < limit) return found
    below = candidates.at(-1) ?? null
  }
  return null
}

function readIds(database: ReadableDatabase, { sql, parameters }: Statement): number[] {
  return readAll<{ id: number }>(database, sql, parameters).map(({ id }) => id)
}

/** Finds the pictures that fit the words best, among the newest `rankedMatches`; newest first where there are no words. */
export function findRelevant(
  database: ReadableDatabase,
  request: { readonly query: SearchQuery; readonly cursor: RankedCursor | null; readonly limit: number },
): FoundPage<RankedCursor> {
  const { cursor, limit, query } = request
  const below = cursor === null ? null : cursor.newest + 1
  const found = readIds(
    database,
    searchStatement(compileSearch(database, query), { below, limit: rankedMatches }),
  )
  const best = rankByRelevance(database, query, found)
  const offset = cursor?.offset ?? 0
  const newest = cursor?.newest ?? found[0]
  const goesOn = offset + limit < best.length && newest !== undefined
  return { ids: best.slice(offset, offset + limit), next: goesOn ? { newest, offset: offset + limit } : null }
}

import { readAll, type ReadableDatabase } from '../connection.ts'
import { compileSearch, type CompiledSearch } from './compile-search.ts'
import { cutPage, type PageDirection } from '../page-cursors.ts'
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

/** One page of ids, and where the pages beside it begin; null where the matches end. */
export interface FoundPage<Cursor> {
  readonly ids: number[]
  readonly next: Cursor | null
  readonly previous: Cursor | null
}

/** What is searched for, and which page of it is wanted. */
export interface FindRequest<Cursor> {
  readonly query: SearchQuery
  readonly cursor: Cursor | null
  /** Forward where it is left out. */
  readonly direction?: PageDirection
  readonly limit: number
}

/** Finds pictures outside the bin, newest first; `cutPage` tells what a cursor is. */
export function findNewest(database: ReadableDatabase, request: FindRequest<number>): FoundPage<number> {
  const search = compileSearch(database, request.query)
  const limit = request.limit + 1
  const window =
    request.direction === 'backward'
      ? { below: null, upFrom: request.cursor ?? 0, limit }
      : { below: request.cursor, limit }
  const ids = findByRows(database, search, window) ?? readIds(database, searchStatement(search, window))
  const page = cutPage(
    ids.map((id) => ({ id })),
    request,
  )
  return { ids: page.items.map(({ id }) => id), next: page.nextCursor, previous: page.previousCursor }
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

/**
 * Finds the pictures that fit the words best, among the newest `rankedMatches`; newest first where there are no words.
 * Forward from a cursor its place begins the page; backward its place is where the page ends.
 */
export function findRelevant(
  database: ReadableDatabase,
  request: FindRequest<RankedCursor>,
): FoundPage<RankedCursor> {
  const { cursor, limit } = request
  const search = compileSearch(database, request.query)
  const window = { below: cursor === null ? null : cursor.newest + 1, limit: rankedMatches }
  const { sql, parameters } =
    search.match === null ? searchStatement(search, window) : scoredStatement(search, window)
  const found = readAll<{ id: number; score?: number }>(database, sql, parameters)
  const best = found.toSorted((a, b) => (a.score ?? 0) - (b.score ?? 0) || b.id - a.id)
  const isForward = request.direction !== 'backward'
  const place = Math.min(cursor?.offset ?? (isForward ? 0 : best.length), best.length)
  const begin = isForward ? place : Math.max(0, place - limit)
  const end = isForward ? Math.min(place + limit, best.length) : place
  const newest = cursor?.newest ?? found[0]?.id
  const at = (offset: number) => (newest === undefined ? null : { newest, offset })
  return {
    ids: best.slice(begin, end).map(({ id }) => id),
    next: end < best.length ? at(end) : null,
    previous: begin > 0 ? at(begin) : null,
  }
}

import { readAll, type ReadableDatabase } from '../connection.ts'
import { timeOfIdentifier } from '../identifiers.ts'
import { compileSearch } from './compile-search.ts'
import { countYears, periodOf } from './periods.ts'
import type { SearchQuery } from './search-query.ts'
import { searchStatement } from './search-statement.ts'

/** How many of the newest matches are counted; beyond it an answer would take too long to be of use. */
export const countedMatches = 20_000

/** One value and how many of the matches have it. */
export interface FacetCount {
  readonly name: string
  readonly count: number
}

/** What the matches of a query have in common, most frequent first; years newest first. */
export interface Facets {
  readonly total: number
  /** False where only the newest `countedMatches` were counted. */
  readonly complete: boolean
  readonly tags: FacetCount[]
  /** Names are the ids of presets. */
  readonly presets: FacetCount[]
  readonly years: FacetCount[]
}

/** Counts tags, presets and years among the matches of a query. */
export function countFacets(
  database: ReadableDatabase,
  request: { readonly query: SearchQuery; readonly limit: number },
): Facets {
  return request.query.groups.length === 0
    ? facetsOfAll(database, request.limit)
    : facetsOfMatches(database, request.query, request.limit)
}

/** Without a query everything is counted, from indexes and counters alone. */
function facetsOfAll(database: ReadableDatabase, limit: number): Facets {
  const years = countYears(database).map(({ name, count }) => ({ name, count }))
  const tags = 'SELECT name, uses AS count FROM tags WHERE uses > 0 ORDER BY uses DESC, id LIMIT :limit'
  const presets = `SELECT preset_id AS name, uses AS count FROM preset_uses WHERE uses > 0
    ORDER BY uses DESC, preset_id LIMIT :limit`
  return {
    total: years.reduce((sum, { count }) => sum + count, 0),
    complete: true,
    tags: readAll<FacetCount>(database, tags, { limit }),
    presets: readAll<FacetCount>(database, presets, { limit }),
    years,
  }
}

function facetsOfMatches(database: ReadableDatabase, query: SearchQuery, limit: number): Facets {
  const window = { below: null, limit: countedMatches + 1 }
  const { sql, parameters } = searchStatement(compileSearch(database, query), window)
  const found = readAll<{ id: number }>(database, sql, parameters).map(({ id }) => id)
  const counted = found.slice(0, countedMatches)
  const ids = JSON.stringify(counted)
  const tags = `SELECT tags.name AS name, count FROM (
      SELECT tag_id, count(*) AS count FROM json_each(:ids) CROSS JOIN generation_tags ON generation_id = value
      GROUP BY tag_id ORDER BY count DESC, tag_id LIMIT :limit
    ) JOIN tags ON tags.id = tag_id ORDER BY count DESC, tags.id`
  const presets = `SELECT preset_id AS name, count(*) AS count
    FROM json_each(:ids) CROSS JOIN generations ON generations.id = value
    GROUP BY preset_id ORDER BY count DESC, name LIMIT :limit`
  return {
    total: counted.length,
    complete: found.length <= countedMatches,
    tags: readAll<FacetCount>(database, tags, { ids, limit }),
    presets: readAll<FacetCount>(database, presets, { ids, limit }),
    years: yearsOf(counted),
  }
}

/** @param ids newest first */
function yearsOf(ids: readonly number[]): FacetCount[] {
  const years: { name: string; count: number }[] = []
  let from = Infinity
  for (const id of ids) {
    const last = years.at(-1)
    if (last !== undefined && id >= from) last.count += 1
    else {
      const period = periodOf(timeOfIdentifier(id), 12)
      from = period.from
      years.push({ name: period.name, count: 1 })
    }
  }
  return years
}

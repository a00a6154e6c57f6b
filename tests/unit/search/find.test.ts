import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseQuery } from '../../../orchestrator/domain/search/parse-query.ts'
import { write } from '../../../orchestrator/storage/connection.ts'
import { compileSearch } from '../../../orchestrator/storage/search/compile-search.ts'
import {
  filteredByRow,
  findNewest,
  findRelevant,
} from '../../../orchestrator/storage/search/find-generations.ts'
import { searchStatement } from '../../../orchestrator/storage/search/search-statement.ts'
import { memoryDatabase, queryPlan, recipe, storeGeneration } from '../storage/support.ts'
import { alias, allIds, find, findByIndex, gallery, set, tag } from './support.ts'

const everything = [8, 7, 6, 5, 4, 3, 2, 1]
const but = (...ids: number[]) => everything.filter((id) => !ids.includes(id))

describe('search', () => {
  const database = gallery()

  test.each<[string, number[]]>([
    ['', everything],
    ['!?', everything],
    ['red boat', [5, 1]],
    ['"red boat"', [5, 1]],
    ['"boat red"', []],
    ['cafe', [2]],
    ['CAFÉ', [2]],
    ['sci-fi', [2]],
    ['boat', [5, 1]],
    ['boat*', [5, 3, 1]],
    ['"with a red b"*', [5]],
    ['red -boat', [2]],
    ['-red', but(1, 2, 5)],
    ['lighthouse OR dog', [8, 4]],
    ['dog OR -sea', but(1, 2)],
    ['calendar', [4]],
    ['fog', [3]],
    ['negative:fog', [4]],
    ['notes:calendar', [4]],
    ['prompt:calendar', []],
    ['猫', [7]],
  ])('[search-language] %j finds %o by its words', (query, ids) => {
    expect(find(database, query)).toEqual(ids)
  })

  test.each<[string, number[]]>([
    ['tag:feline', [7]],
    ['tag:FELINE', [7]],
    ['-tag:feline', but(7)],
    ['tag:"old town"', [1]],
    ['tag:old', []],
    ['tag:old*', [1]],
    ['tag:😀', [2]],
    ['😀', [2]],
    ['dog 🛸', [8]],
    ['tag:nothing', []],
    ['-tag:nothing', everything],
    ['tag:pet OR tag:feline', [8, 7]],
    ['preset:small', everything],
    ['preset:"small world" dog', [8]],
    ['preset:other', []],
    ['preset:Small-World dog', [8]],
    ['-preset:small-world dog', []],
    ['-rating:>=3 red', [5]],
    ['size:portrait red size:128x192', [2, 1]],
    ['style:ink', [6]],
    ['ink', [6]],
    ['rating:5', [1]],
    ['rating:>=3', [2, 1]],
    ['rating:<3', [3]],
    ['rating:0', [3]],
    ['rating:none', but(1, 2, 3)],
    ['rating:>5', []],
    ['favorite:', [2]],
    ['favorite:no red', [5, 1]],
    ['size:128x192', [8, 7, 4, 3, 2, 1]],
    ['size:landscape', [5]],
    ['size:square', [6]],
    ['size:>=512', [6, 5]],
    ['size:>512', [5]],
    ['size:1024', [5]],
    ['seed:4', [5]],
    ['seed:4 boat', [5]],
    ['seed:4 dog', []],
    ['seed:4 seed:5', []],
    ['-seed:4 boat', [1]],
    ['seed:4 OR dog', [8, 5]],
    ['seed:4 OR -red', but(1, 2)],
    ['state:failed', [4]],
    ['state:failed lighthouse', [4]],
    ['state:queued lighthouse', []],
    ['-state:queued', [4]],
    ['after:2026', []],
    ['before:1980', everything],
    ['after:1969 before:1980 dog', [8]],
    ['-after:2026', everything],
    ['after:2026 OR dog', [8]],
  ])('[search-filters] %j finds %o', (query, ids) => {
    expect(find(database, query)).toEqual(ids)
    expect(findByIndex(database, query)).toEqual(ids)
  })

  test('[search-filters] a filter that few of many pictures pass finds all of them', () => {
    const other = memoryDatabase()
    const insert = `WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < :count)
      INSERT INTO generations (id, state, request_id, created_at, recipe, favorite)
      SELECT value, 'queued', '', 0, :recipe, value IN (7, 20) FROM n`
    write(other, insert, {
      count: filteredByRow[0] + filteredByRow[1] + 50,
      recipe: JSON.stringify(recipe()),
    })
    expect(find(other, 'boat favorite:')).toEqual([20, 7])
    expect(find(other, 'boat -favorite:', 3)).toEqual([3050, 3049, 3048])
    expect(findNewest(other, { query: parseQuery('boat favorite:'), cursor: 20, limit: 1 })).toEqual({
      ids: [7],
      next: null,
      previous: 8,
    })
    expect(findNewest(other, { query: parseQuery('boat favorite:'), cursor: 900, limit: 1 })).toEqual({
      ids: [20],
      next: 20,
      previous: 21,
    })
  })

  test('[search-aliases] a word finds pictures tagged with its alias, and the words of both', () => {
    expect(find(database, 'cat')).toEqual([7])
    expect(find(database, 'tag:cat')).toEqual([7])
    expect(find(database, 'tag:ca*')).toEqual([7])
    const other = gallery()
    storeGeneration(other, 20, { prompt: 'a cat' })
    expect(find(other, 'feline')).toEqual([20, 7])
    expect(find(other, 'cat')).toEqual([20, 7])
    expect(find(other, 'cat*')).toEqual([20])
    tag(other, 8, 'O"K')
    alias(other, 'o"k', 'fine "day"')
    expect(find(other, 'tag:o')).toEqual([])
    expect(find(other, '"fine day"')).toEqual([])
  })

  test('[search-bin] what lies in the bin is not found until it is brought back', () => {
    const other = gallery()
    set(other, 4, 'deleted_at = 1')
    for (const query of ['', 'lighthouse', 'state:failed', 'seed:3', 'rating:none'])
      expect(find(other, query)).not.toContain(4)
    set(other, 4, 'deleted_at = NULL')
    expect(find(other, 'lighthouse')).toEqual([4])
  })

  test('[search-newest] goes on page by page, whatever comes meanwhile', () => {
    const other = gallery()
    const query = parseQuery('a')
    const first = findNewest(other, { query, cursor: null, limit: 3 })
    expect(first).toEqual({ ids: [8, 6, 5], next: 5, previous: null })
    storeGeneration(other, 30, { prompt: 'a new one' })
    set(other, 2, 'deleted_at = 1')
    expect(findNewest(other, { query, cursor: first.next, limit: 3 })).toEqual({
      ids: [1],
      next: null,
      previous: 2,
    })
    expect(findNewest(other, { query, cursor: 1, limit: 3 })).toEqual({
      ids: [],
      next: null,
      previous: 1,
    })
  })

  test('[search-relevance] puts the better match first, and goes on where it was whatever comes', () => {
    const other = memoryDatabase()
    storeGeneration(other, 1, { prompt: 'boat' })
    for (let id = 2; id <= 9; id += 1)
      storeGeneration(other, id, { prompt: 'a long text about many things and a boat' })
    for (let id = 10; id <= 40; id += 1) storeGeneration(other, id, { prompt: 'something else' })
    const query = parseQuery('boat')
    const first = findRelevant(other, { query, cursor: null, limit: 4 })
    expect(first).toEqual({ ids: [1, 9, 8, 7], next: { newest: 9, offset: 4 }, previous: null })
    storeGeneration(other, 50, { prompt: 'boat' })
    const second = findRelevant(other, { query, cursor: first.next, limit: 4 })
    expect(second).toEqual({
      ids: [6, 5, 4, 3],
      next: { newest: 9, offset: 8 },
      previous: { newest: 9, offset: 4 },
    })
    expect(findRelevant(other, { query, cursor: second.next, limit: 4 })).toEqual({
      ids: [2],
      next: null,
      previous: { newest: 9, offset: 8 },
    })
    const back = findRelevant(other, { query, cursor: second.previous, direction: 'backward', limit: 4 })
    expect(back).toEqual({ ids: [1, 9, 8, 7], next: { newest: 9, offset: 4 }, previous: null })
    const end = findRelevant(other, { query, cursor: null, direction: 'backward', limit: 2 })
    expect(end).toMatchObject({ ids: [3, 2], next: null })
    expect(findRelevant(other, { query: parseQuery(''), cursor: null, limit: 2 }).ids).toEqual([50, 40])
    expect(findRelevant(other, { query: parseQuery('boat seed:42'), cursor: null, limit: 2 }).ids).toEqual([
      50, 1,
    ])
    expect(findRelevant(other, { query: parseQuery('seed:42'), cursor: null, limit: 2 }).ids).toEqual([
      50, 40,
    ])
    expect(findRelevant(other, { query: parseQuery('nothing'), cursor: null, limit: 2 })).toEqual({
      ids: [],
      next: null,
      previous: null,
    })
  })

  test.each([
    ['boat', null, ['SCAN generations_fts VIRTUAL TABLE INDEX 192:M7']],
    [
      'boat after:2020 state:failed',
      5,
      [
        'SCAN generations_fts VIRTUAL TABLE INDEX 192:M7<>',
        'SEARCH generations USING INTEGER PRIMARY KEY (rowid=?)',
      ],
    ],
    ['', 5, ['SEARCH generations USING COVERING INDEX generations_kept (id<?)']],
    [
      'state:failed',
      5,
      ['SEARCH generations USING COVERING INDEX generations_kept_by_state (state=? AND id<?)'],
    ],
    ['after:2020', null, ['SEARCH generations USING COVERING INDEX generations_kept (id>?)']],
    ['seed:5', 5, ['SEARCH generations USING INDEX generations_by_seed (seed=? AND id<?)']],
    ['boat', -5, ['SCAN generations_fts VIRTUAL TABLE INDEX 64:M7>']],
    ['', -5, ['SEARCH generations USING COVERING INDEX generations_kept (id>?)']],
    [
      'state:failed',
      -5,
      ['SEARCH generations USING COVERING INDEX generations_kept_by_state (state=? AND id>?)'],
    ],
    ['seed:5', -5, ['SEARCH generations USING INDEX generations_by_seed (seed=? AND id>?)']],
  ] as const)('[search-plans] %j is read in order and no further than its page', (text, cursor, steps) => {
    // A negative number stands for the page before a cursor.
    const place = cursor !== null && cursor < 0 ? { below: null, upFrom: -cursor } : { below: cursor }
    const { sql, parameters } = searchStatement(compileSearch(database, parseQuery(text)), {
      ...place,
      limit: 50,
    })
    expect(queryPlan(database, sql, parameters).split('\n').toSorted()).toEqual(steps.toSorted())
  })

  test('[search-plans] no search sorts in SQLite', () => {
    const filters = 'rating:>=4 size:>=512 favorite: after:2020'
    for (const text of ['boat', '-fog', 'tag:cat OR seed:3', filters, 'seed:3 boat']) {
      const search = compileSearch(database, parseQuery(text))
      for (const place of [{ below: 9 }, { below: null, upFrom: 9 }]) {
        const { sql, parameters } = searchStatement(search, { ...place, limit: 50 })
        expect(queryPlan(database, sql, parameters)).not.toContain('TEMP B-TREE FOR ORDER BY')
      }
    }
  })
})

const fragments = [
  ['"', '*', '-', ' OR ', ' AND ', ' NOT ', ' NEAR(', '^', '{', '}', ':', '(', ')', "'", ';--', '\\', '%'],
  ['tag:', 'style:', 'preset:', 'rating:>=', 'favorite:', 'size:', 'before:', 'after:', 'seed:', 'state:'],
  ['red', 'boat', 'cat', '5', '1024', '2026-11', 'marks:e', 'generations_fts', '\0', '\ud800', '😀', '𞤀𞤁'],
].flat()

describe('whatever a person types', () => {
  const database = gallery()
  const ids = allIds(database)
  const fragment = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.string({ maxLength: 12 }),
    fc.constantFrom(...fragments),
  )

  test('[search-any-text] is a search and never an error, in any order', () => {
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 12 }), (typed) => {
        const query = parseQuery(typed.join(''))
        const newest = findNewest(database, { query, cursor: null, limit: 100 }).ids
        const best = findRelevant(database, { query, cursor: null, limit: 100 }).ids
        expect(best.toSorted((a, b) => b - a)).toEqual(newest)
        expect(findByIndex(database, typed.join(''))).toEqual(newest)
        expect(ids).toEqual(expect.arrayContaining(newest))
      }),
      { numRuns: 600 },
    )
  })

  test('[search-any-text] a thousand characters of the shortest words are one', () => {
    for (const text of [
      'a '.repeat(500),
      '-a '.repeat(333),
      'a OR '.repeat(200),
      '"a"*'.repeat(250),
      'seed:1 '.repeat(140),
    ])
      expect(() => find(database, text)).not.toThrow()
  })
})

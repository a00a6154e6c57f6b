import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseQuery } from '../../../orchestrator/domain/search/parse-query.ts'
import { countedMatches, countFacets } from '../../../orchestrator/storage/search/facets.ts'
import { countMonths, countYears, periodStatement } from '../../../orchestrator/storage/search/periods.ts'
import { distanceWithin, foldWord, suggestSpelling } from '../../../orchestrator/storage/search/spelling.ts'
import { handleOf, write } from '../../../orchestrator/storage/connection.ts'
import { listGenerations } from '../../../orchestrator/storage/generation-list.ts'
import { memoryDatabase, queryPlan, recipe, storeGeneration } from '../storage/support.ts'
import { gallery, set, tag } from './support.ts'

const at = (...date: [number, number, number, number?]) => new Date(...date).getTime() * 1024

/** Pictures of three months in two years; those of the second of a month in the bin. */
function years() {
  const database = memoryDatabase()
  for (const id of [
    at(2024, 11, 31, 23),
    at(2026, 0, 1),
    at(2026, 0, 31, 23),
    at(2026, 2, 5),
    at(2026, 2, 2),
  ])
    storeGeneration(database, id)
  set(database, at(2026, 2, 2), 'deleted_at = 1')
  return database
}

describe('months and years', () => {
  test('[search-timeline] are counted by the clock of this machine, without the bin and without empty ones', () => {
    const database = years()
    expect(countMonths(database).map(({ name, count }) => [name, count])).toEqual([
      ['2026-03', 1],
      ['2026-01', 2],
      ['2024-12', 1],
    ])
    expect(countYears(database).map(({ name, count }) => [name, count])).toEqual([
      ['2026', 3],
      ['2024', 1],
    ])
    expect(countMonths(memoryDatabase())).toEqual([])
  })

  test('[search-timeline] a month names the page of the list that begins with it', () => {
    const database = years()
    for (const { cursor, newest } of countMonths(database)) {
      const page = listGenerations(database, { cursor, limit: 1, state: null, deleted: false })
      expect(page.rows[0]?.id).toBe(newest)
    }
  })

  test('[search-plans] are counted from an index alone', () => {
    expect(queryPlan(memoryDatabase(), periodStatement, { from: 1, before: 2 })).toBe(
      'SEARCH generations USING COVERING INDEX generations_kept (id>? AND id<?)',
    )
  })
})

const facets = (database: ReturnType<typeof gallery>, query: string, limit = 10) =>
  countFacets(database, { query: parseQuery(query), limit })

describe('facets', () => {
  const empty = { total: 0, complete: true, tags: [], presets: [], years: [] }
  test('[search-facets] count tags, presets and years of everything and of the matches of a query', () => {
    const database = gallery()
    tag(database, 8, 'feline')
    const year = String(new Date(0).getFullYear())
    expect(facets(database, '')).toEqual({
      total: 8,
      complete: true,
      tags: [
        { name: 'feline', count: 2 },
        { name: 'Pet', count: 1 },
        { name: 'Old Town', count: 1 },
        { name: '😀', count: 1 },
      ],
      presets: [{ name: 'small-world', count: 8 }],
      years: [{ name: year, count: 8 }],
    })
    expect(facets(database, '', 1).tags).toHaveLength(1)
    expect(facets(database, 'dog OR boat')).toEqual({
      total: 3,
      complete: true,
      tags: [
        { name: 'feline', count: 1 },
        { name: 'Pet', count: 1 },
        { name: 'Old Town', count: 1 },
      ],
      presets: [{ name: 'small-world', count: 3 }],
      years: [{ name: year, count: 3 }],
    })
    expect(facets(database, 'nothing')).toEqual(empty)
    expect(facets(memoryDatabase(), '')).toEqual(empty)
    set(database, 8, 'deleted_at = 1')
    expect(facets(database, '').tags[0]).toEqual({ name: 'feline', count: 1 })
    expect(facets(database, '').presets).toEqual([{ name: 'small-world', count: 7 }])
    set(database, 8, `deleted_at = NULL, recipe = json_set(recipe, '$.preset.id', 'other')`)
    set(database, 7, `recipe = json_set(recipe, '$.preset.id', 'other')`)
    write(database, 'DELETE FROM generations WHERE id = 1')
    expect(facets(database, '').presets).toEqual([
      { name: 'small-world', count: 5 },
      { name: 'other', count: 2 },
    ])
    expect(facets(years(), 'boat').years).toEqual([
      { name: '2026', count: 3 },
      { name: '2024', count: 1 },
    ])
  })

  test('[search-facets] say so where only the newest matches were counted', () => {
    const database = memoryDatabase()
    const insert = handleOf(database).prepare(
      `WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < :count)
       INSERT INTO generations (id, state, request_id, created_at, recipe)
       SELECT value, 'queued', '', 0, :recipe FROM n`,
    )
    insert.run({ recipe: JSON.stringify(recipe()), count: countedMatches + 1 })
    expect(facets(database, 'boat')).toMatchObject({ total: countedMatches, complete: false })
    expect(facets(database, '')).toMatchObject({ total: countedMatches + 1, complete: true })
  })
})

describe('spelling', () => {
  test.each([
    ['bota', 'boat'],
    ['oatb', null],
    ['obat', 'boat'],
    ['lighthuose', 'lighthouse'],
    ['lighthoose', 'lighthouse'],
    ['liighthoouse', 'lighthouse'],
    ['Cafè', null],
    ['caffé', 'cafe'],
    ['boat', null],
    ['xylophone', null],
    ['dg', null],
    ['12345', null],
  ])('[search-spelling] for %j suggests %j', (word, suggestion) => {
    const suggestions = suggestSpelling(gallery(), { words: [word] })
    expect(suggestions[word] ?? null).toBe(suggestion)
  })

  test('[search-spelling] prefers the nearer word, and then the more frequent', () => {
    const database = memoryDatabase()
    for (const [index, prompt] of ['house', 'house', 'mouse', 'hoise', 'hoised', 'horsey'].entries())
      storeGeneration(database, index + 1, { prompt })
    expect(suggestSpelling(database, { words: ['hofse', 'horseyx'] })).toEqual({
      hofse: 'house',
      horseyx: 'horsey',
    })
  })

  test('[search-spelling] the distance is symmetric and never below the difference in length', () => {
    const word = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 6 })
    fc.assert(
      fc.property(word, word, (one, other) => {
        const distance = distanceWithin(one, other, 9)
        expect(distance).toBe(distanceWithin(other, one, 9))
        expect(distance).toBeGreaterThanOrEqual(Math.abs(one.length - other.length))
        expect(distance === 0).toBe(one.join('') === other.join(''))
        for (const limit of [0, 1, 2])
          expect(distanceWithin(one, other, limit) <= limit).toBe(distance <= limit)
      }),
    )
  })

  test('[search-spelling] folds words as the index does', () => {
    expect(['Ünïted', 'ÀÉ', 'boat'].map(foldWord)).toEqual(['united', 'ae', 'boat'])
  })
})

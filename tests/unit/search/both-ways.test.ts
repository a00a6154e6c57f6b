import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseQuery } from '../../../orchestrator/domain/search/parse-query.ts'
import { handleOf } from '../../../orchestrator/storage/connection.ts'
import { findNewest } from '../../../orchestrator/storage/search/find-generations.ts'
import { memoryDatabase, storeGeneration } from '../storage/support.ts'
import { find, gallery, set } from './support.ts'

type Direction = 'forward' | 'backward'

test.each(['', 'red', 'red favorite:no', 'rating:none', 'seed:4 OR dog', '-fog', 'after:1969', 'nothing'])(
  '[search-backward] %j is the same page by page from the last one as at once',
  (text) => {
    const database = gallery()
    const request = { query: parseQuery(text), direction: 'backward' as const, limit: 2 }
    let page = findNewest(database, { ...request, cursor: null })
    const ids = [...page.ids]
    expect(page.next).toBeNull()
    while (page.previous !== null) {
      page = findNewest(database, { ...request, cursor: page.previous })
      ids.unshift(...page.ids)
    }
    expect(ids).toEqual(find(database, text))
  },
)

const id = fc.integer({ min: 1, max: 30 })
const turn = fc.record({
  direction: fc.constantFrom<Direction>('forward', 'backward'),
  added: fc.boolean(),
  binned: fc.array(id, { maxLength: 2 }),
})

test('[search-backward] to and fro finds every match once, whatever comes and goes meanwhile', () => {
  fc.assert(
    fc.property(
      id,
      fc.integer({ min: 1, max: 5 }),
      fc.array(turn, { maxLength: 12 }),
      (start, limit, turns) => {
        const database = memoryDatabase()
        const store = (one: number) =>
          storeGeneration(database, one, { prompt: one % 3 === 0 ? 'a dog' : 'a boat' })
        for (let one = 1; one <= 30; one += 1) store(one)
        let newest = 30
        const query = parseQuery('boat')
        let page = findNewest(database, { query, cursor: start, limit })
        const window = [...page.ids]
        let ends = { forward: page.next, backward: page.previous }
        const step = (direction: Direction): boolean => {
          const cursor = ends[direction]
          if (cursor === null) return false
          page = findNewest(database, { query, cursor, direction, limit })
          if (direction === 'forward') window.push(...page.ids)
          else window.unshift(...page.ids)
          ends = { ...ends, [direction]: direction === 'forward' ? page.next : page.previous }
          return true
        }
        const binned = new Set<number>()
        for (const { direction, added, binned: gone } of turns) {
          step(direction)
          if (added) store((newest += 1))
          for (const one of gone) {
            set(database, one, 'deleted_at = 1')
            binned.add(one)
          }
        }
        while (step('backward'));
        while (step('forward'));
        handleOf(database).close()
        expect(window).toEqual([...new Set(window)].toSorted((one, other) => other - one))
        const lasting = Array.from({ length: 30 }, (_, index) => index + 1).filter(
          (one) => one % 3 !== 0 && !binned.has(one),
        )
        expect(window).toEqual(expect.arrayContaining(lasting))
      },
    ),
    { numRuns: 60 },
  )
})

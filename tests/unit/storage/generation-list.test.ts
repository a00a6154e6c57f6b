import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { handleOf } from '../../../orchestrator/storage/connection.ts'
import {
  generationListStatement,
  listGenerations,
  type GenerationListQuery,
} from '../../../orchestrator/storage/generation-list.ts'
import {
  markGenerationCancelled,
  markGenerationStarted,
  moveGenerationToBin,
  takeGenerationFromBin,
} from '../../../orchestrator/storage/generation-states.ts'
import { memoryDatabase, queryPlan, storeGeneration } from './support.ts'

const everything: GenerationListQuery = { cursor: null, limit: 50, state: null, deleted: false }

function filled() {
  const database = memoryDatabase()
  for (let id = 1; id <= 8; id += 1) storeGeneration(database, id)
  for (const id of [3, 4, 5]) markGenerationCancelled(database, id, 10)
  moveGenerationToBin(database, 5, 11)
  markGenerationStarted(database, 2, 12)
  return database
}

describe('a list of generations', () => {
  test.each([
    [{}, [8, 7, 6, 4, 3, 2, 1]],
    [{ deleted: true }, [5]],
    [{ state: 'cancelled' }, [4, 3]],
    [{ state: 'cancelled', deleted: true }, [5]],
    [{ state: 'queued', deleted: true }, []],
    [{ state: 'unfinished' }, [8, 7, 6, 2, 1]],
    [{ state: 'unfinished', deleted: true }, []],
    [{ state: 'unfinished', cursor: 6 }, [2, 1]],
    [{ cursor: 3 }, [2, 1]],
    [{ cursor: 1 }, []],
  ] as const)('%o shows %o', (query, ids) => {
    const page = listGenerations(filled(), { ...everything, ...query })
    expect(page.rows.map((row) => row.id)).toEqual(ids)
    expect(page.nextCursor).toBeNull()
  })

  test('says where the next page goes on only where there is one', () => {
    const database = filled()
    expect(listGenerations(database, { ...everything, limit: 6 }).nextCursor).toBe(2)
    expect(listGenerations(database, { ...everything, limit: 7 }).nextCursor).toBeNull()
  })

  test('page by page shows each picture once, whatever comes and goes meanwhile', () => {
    const between = fc.record({
      added: fc.nat(3),
      binned: fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 3 }),
    })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }), fc.array(between, { maxLength: 10 }), (limit, turns) => {
        const database = memoryDatabase()
        for (let id = 1; id <= 40; id += 1) storeGeneration(database, id)
        for (let id = 1; id <= 40; id += 1) markGenerationCancelled(database, id, 50)
        let newest = 40
        const binned = new Set<number>()
        const seen: number[] = []
        let cursor: number | null = null
        do {
          const page = listGenerations(database, { ...everything, cursor, limit })
          seen.push(...page.rows.map((row) => row.id))
          cursor = page.nextCursor
          const turn = turns.shift()
          for (let added = 0; added < (turn?.added ?? 0); added += 1) storeGeneration(database, (newest += 1))
          for (const id of turn?.binned ?? []) {
            moveGenerationToBin(database, id, 60)
            binned.add(id)
          }
        } while (cursor !== null && seen.length < 200)
        handleOf(database).close()
        expect(seen).toEqual([...new Set(seen)].toSorted((a, b) => b - a))
        const lasting = Array.from({ length: 40 }, (_, index) => index + 1).filter((id) => !binned.has(id))
        expect(seen).toEqual(expect.arrayContaining(lasting))
      }),
      { numRuns: 40 },
    )
  })

  test.each([
    [{ cursor: 6, limit: 2 }, [4, 3], 3, 5],
    [{ cursor: 5, limit: 2 }, [4, 3], 3, 5],
    [{ cursor: 5, direction: 'backward', limit: 2 }, [7, 6], 6, 8],
    [{ cursor: 7, direction: 'backward', limit: 2 }, [8, 7], 7, null],
    [{ direction: 'backward', limit: 3 }, [3, 2, 1], null, 4],
    [{ direction: 'backward', limit: 7 }, [8, 7, 6, 4, 3, 2, 1], null, null],
    [{ cursor: 9, direction: 'backward' }, [], 9, null],
    [{ cursor: 1 }, [], null, 1],
    [{ cursor: 3, direction: 'backward', state: 'cancelled', limit: 1 }, [3], 3, 4],
    [{ cursor: 1, direction: 'backward', deleted: true }, [5], 5, null],
  ] as const)(
    '[search-both-ways-lists] %o shows %o, and where the pages beside it begin',
    (query, ids, next, previous) => {
      const { rows, nextCursor, previousCursor } = listGenerations(filled(), { ...everything, ...query })
      expect(rows.map((row) => row.id)).toEqual(ids)
      expect([nextCursor, previousCursor]).toEqual([next, previous])
    },
  )

  const direction = fc.constantFrom('forward' as const, 'backward' as const)
  const turn = fc.record({
    direction,
    added: fc.nat(2),
    binned: fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 2 }),
    restored: fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 2 }),
  })

  test('[search-both-ways-lists] to and fro shows every picture once, whatever comes and goes meanwhile', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 42 }),
        fc.integer({ min: 1, max: 6 }),
        fc.array(turn, { maxLength: 20 }),
        (start, limit, turns) => {
          const database = memoryDatabase()
          for (let id = 1; id <= 40; id += 1) storeGeneration(database, id)
          for (let id = 1; id <= 40; id += 1) markGenerationCancelled(database, id, 50)
          let newest = 40
          const touched = new Set<number>()
          const first = listGenerations(database, {
            ...everything,
            cursor: start === 0 ? null : start,
            limit,
          })
          const window = first.rows.map((row) => row.id)
          let [before, after] = [first.previousCursor, first.nextCursor]
          const step = (way: 'forward' | 'backward') => {
            const cursor = way === 'forward' ? after : before
            if (cursor === null) return false
            const page = listGenerations(database, { ...everything, cursor, direction: way, limit })
            const ids = page.rows.map((row) => row.id)
            if (way === 'forward') {
              window.push(...ids)
              after = page.nextCursor
            } else {
              window.unshift(...ids)
              before = page.previousCursor
            }
            return true
          }
          for (const { direction: way, added, binned, restored } of turns) {
            step(way)
            for (let count = 0; count < added; count += 1) storeGeneration(database, (newest += 1))
            for (const id of binned) moveGenerationToBin(database, id, 60)
            for (const id of restored) takeGenerationFromBin(database, id)
            for (const id of [...binned, ...restored]) touched.add(id)
          }
          while (step('backward'));
          while (step('forward'));
          handleOf(database).close()
          expect(window).toEqual([...new Set(window)].toSorted((a, b) => b - a))
          const lasting = Array.from({ length: 40 }, (_, index) => index + 1).filter((id) => !touched.has(id))
          expect(window).toEqual(expect.arrayContaining(lasting))
        },
      ),
      { numRuns: 100 },
    )
  })

  test.each([
    [{ cursor: 5, direction: 'backward' }, 'SEARCH generations USING INDEX generations_kept (id>?)'],
    [
      { state: 'completed', cursor: 5, direction: 'backward' },
      'SEARCH generations USING INDEX generations_kept_by_state (state=? AND id>?)',
    ],
    [
      { deleted: true, cursor: 5, direction: 'backward' },
      'SEARCH generations USING INDEX generations_deleted (id>?)',
    ],
    [
      { state: 'unfinished', cursor: 5, direction: 'backward' },
      'SEARCH generations USING INDEX generations_unfinished (id>?)',
    ],
    [{}, 'SCAN generations USING INDEX generations_kept'],
    [{ cursor: 5 }, 'SEARCH generations USING INDEX generations_kept (id<?)'],
    [{ deleted: true, cursor: 5 }, 'SEARCH generations USING INDEX generations_deleted (id<?)'],
    [
      { state: 'completed', cursor: 5 },
      'SEARCH generations USING INDEX generations_kept_by_state (state=? AND id<?)',
    ],
    [{ state: 'completed', deleted: true }, 'SCAN generations USING INDEX generations_deleted'],
    [{ state: 'unfinished', cursor: 5 }, 'SEARCH generations USING INDEX generations_unfinished (id<?)'],
  ] as const)('[search-both-ways-lists] %o is read in order from its index', (changes, plan) => {
    const { sql, parameters } = generationListStatement({ ...everything, ...changes })
    expect(queryPlan(memoryDatabase(), sql, parameters)).toBe(plan)
  })
})

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
    [{}, 'SCAN generations USING INDEX generations_kept'],
    [{ cursor: 5 }, 'SEARCH generations USING INDEX generations_kept (id<?)'],
    [{ deleted: true, cursor: 5 }, 'SEARCH generations USING INDEX generations_deleted (id<?)'],
    [
      { state: 'completed', cursor: 5 },
      'SEARCH generations USING INDEX generations_kept_by_state (state=? AND id<?)',
    ],
    [{ state: 'completed', deleted: true }, 'SCAN generations USING INDEX generations_deleted'],
    [{ state: 'unfinished', cursor: 5 }, 'SEARCH generations USING INDEX generations_unfinished (id<?)'],
  ] as const)('%o is read in order from its index', (changes, plan) => {
    const { sql, parameters } = generationListStatement({ ...everything, ...changes })
    expect(queryPlan(memoryDatabase(), sql, parameters)).toBe(plan)
  })
})

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { generationIdSchema } from '../../../contracts/entities/recipe.ts'
import { largestGenerationId } from '../../../orchestrator/storage/generations.ts'
import { createIdentifierMaker, timeOfIdentifier } from '../../../orchestrator/storage/identifiers.ts'
import { memoryDatabase, storeGeneration } from './support.ts'

const times = fc.integer({ min: 1, max: Date.parse('2240-01-01') })

test('ids grow whatever the clock does, and begin above those already stored', () => {
  fc.assert(
    fc.property(fc.array(times, { minLength: 1 }), times, (clock, stored) => {
      let tick = 0
      const next = createIdentifierMaker(() => clock[tick++] ?? 0, stored * 1024)
      const ids = clock.map(() => next())
      expect(ids.every((id, index) => id > (ids[index - 1] ?? stored * 1024))).toBe(true)
      expect(ids.every((id) => generationIdSchema.safeParse(String(id)).success)).toBe(true)
    }),
  )
})

test('an id tells when it was made', () => {
  fc.assert(
    fc.property(times, (time) => {
      expect(timeOfIdentifier(createIdentifierMaker(() => time, 0)())).toBe(time)
    }),
  )
})

test('more ids in a millisecond than it has room for stay different', () => {
  const next = createIdentifierMaker(() => 1_800_000_000_000.7, 0)
  const ids = new Set(Array.from({ length: 3000 }, next))
  expect(ids.size).toBe(3000)
})

test('a clock too far in the future is refused rather than rounded', () => {
  expect(createIdentifierMaker(() => Number.MAX_SAFE_INTEGER, 0)).toThrow(RangeError)
})

test('the largest stored id is 0 at first', () => {
  const database = memoryDatabase()
  expect(largestGenerationId(database)).toBe(0)
  storeGeneration(database, 2048)
  storeGeneration(database, 1024)
  expect(largestGenerationId(database)).toBe(2048)
})

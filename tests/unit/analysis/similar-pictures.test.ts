import { join } from 'node:path'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { write, type WritableDatabase } from '../../../orchestrator/storage/connection.ts'
import {
  moveGenerationToBin,
  takeGenerationFromBin,
} from '../../../orchestrator/storage/generation-states.ts'
import {
  getPictureHash,
  putPictureHash,
  unhashedPicturesStatement,
  type PictureHash,
} from '../../../orchestrator/storage/picture-hashes.ts'
import { ReaderThread } from '../../../orchestrator/storage/reader-thread.ts'
import { findSimilar, hashDistance } from '../../../orchestrator/storage/search/similar-pictures.ts'
import { fill } from '../gallery/support.ts'
import {
  fileDatabase,
  memoryDatabase,
  queryPlan,
  storeGeneration,
  temporaryFolder,
} from '../storage/support.ts'

const everything = { except: null, within: 64, limit: 1000 }
const zero = { high: 0, low: 0 }

/** Pictures 1, 2, 3 and so on with these hashes. */
function withHashes(...hashes: (PictureHash | null)[]): WritableDatabase {
  const database = memoryDatabase()
  fill(database, ...hashes.map((_, index) => `picture ${index + 1}`))
  hashes.forEach((hash, index) => putPictureHash(database, index + 1, hash))
  return database
}

const ids = (database: WritableDatabase, request: Partial<Parameters<typeof findSimilar>[1]> = {}) =>
  findSimilar(database, { hash: zero, ...everything, ...request }).map((one) => one.generation_id)

const half = fc.integer({ min: 0, max: 2 ** 32 - 1 })
const anyHash = fc.record({ high: half, low: half })

/** The definition, bit by bit. */
function slowDistance(one: PictureHash, other: PictureHash): number {
  const bits = (hash: PictureHash) => (BigInt(hash.high) << 32n) | BigInt(hash.low)
  return (bits(one) ^ bits(other)).toString(2).replaceAll('0', '').length
}

test('[analysis-similar] the distance is the number of bits that differ', () => {
  fc.assert(
    fc.property(anyHash, anyHash, (one, other) => {
      expect(hashDistance(one, other)).toBe(slowDistance(one, other))
    }),
  )
})

test('[analysis-similar] finds what a comparison with every picture finds, the nearest first', () => {
  fc.assert(
    fc.property(
      fc.array(fc.option(anyHash), { minLength: 1, maxLength: 30 }),
      anyHash,
      fc.integer({ min: 0, max: 64 }),
      (hashes, hash, within) => {
        const expected = hashes
          .map((one, index) => ({
            generation_id: index + 1,
            distance: one === null ? 99 : slowDistance(one, hash),
          }))
          .filter(({ distance }) => distance <= within)
          .toSorted((one, other) => one.distance - other.distance || other.generation_id - one.generation_id)
        const database = withHashes(...hashes)
        expect(findSimilar(database, { hash, except: null, within, limit: 1000 })).toEqual(expected)
        expect(findSimilar(database, { hash, except: null, within, limit: 3 })).toEqual(expected.slice(0, 3))
      },
    ),
    { numRuns: 20 },
  )
})

test('[analysis-similar] follows what is new, hashed anew, in the bin, back from it and gone', () => {
  const database = withHashes(zero, { high: 0, low: 1 }, { high: 0, low: 3 })
  expect(ids(database)).toEqual([1, 2, 3])
  expect(ids(database, { except: 1, within: 1 })).toEqual([2])
  storeGeneration(database, 4)
  putPictureHash(database, 4, { high: 1, low: 0 })
  expect(ids(database)).toEqual([1, 4, 2, 3])
  putPictureHash(database, 3, zero)
  expect(getPictureHash(database, 3)).toEqual(zero)
  expect(ids(database)).toEqual([3, 1, 4, 2])
  putPictureHash(database, 1, null)
  expect(getPictureHash(database, 1)).toBeNull()
  expect(ids(database)).toEqual([3, 4, 2])
  moveGenerationToBin(database, 2, 9)
  expect(ids(database)).toEqual([3, 4])
  takeGenerationFromBin(database, 2)
  write(database, 'DELETE FROM generations WHERE id = 3')
  expect(ids(database)).toEqual([4, 2])
})

test('[analysis-similar] more pictures than fit at first are all compared', () => {
  const database = memoryDatabase()
  for (let id = 1; id <= 1100; id += 1) {
    storeGeneration(database, id)
    putPictureHash(database, id, { high: 0, low: id })
  }
  expect(ids(database, { limit: 2000 })).toHaveLength(1100)
  expect(ids(database, { hash: { high: 0, low: 1099 }, within: 0 })).toEqual([1099])
})

test('[analysis-similar] is asked of a reader thread', async () => {
  const folder = temporaryFolder()
  const database = fileDatabase(folder)
  fill(database, 'one', 'two')
  putPictureHash(database, 1, zero)
  const reader = new ReaderThread(join(folder, 'mysticanvas.sqlite'))
  onTestFinished(() => reader.close())
  const ask = () => reader.ask('find_similar', { hash: zero, except: null, within: 12, limit: 6 })
  expect(await ask()).toEqual([{ generation_id: 1, distance: 0 }])
  putPictureHash(database, 2, { high: 0, low: 7 })
  expect(await ask()).toEqual([
    { generation_id: 1, distance: 0 },
    { generation_id: 2, distance: 3 },
  ])
})

test('[analysis-similar] half a hash, and one out of range, are refused by the database', () => {
  const database = withHashes(null)
  const insert = (high: string, low: string) => () =>
    write(
      database,
      `INSERT OR REPLACE INTO picture_hashes (generation_id, high, low) VALUES (1, ${high}, ${low})`,
    )
  for (const [high, low] of [
    ['1', 'NULL'],
    ['NULL', '1'],
    ['-1', '0'],
    ['0', '4294967296'],
  ] as const)
    expect(insert(high, low)).toThrow('CHECK')
})

test('[analysis-backlog] pictures without a hash are read in order from an index', () => {
  expect(queryPlan(memoryDatabase(), unhashedPicturesStatement, { after: 0, limit: 1 })).not.toContain(
    'TEMP B-TREE',
  )
})

import fc from 'fast-check'
import sharp, { type Sharp } from 'sharp'
import { expect, test } from 'vitest'
import { similarWithin } from '../../../orchestrator/domain/analysis/analysis-service.ts'
import { hashOfGrey, hashPicture } from '../../../orchestrator/domain/analysis/perceptual-hash.ts'
import type { PictureHash } from '../../../orchestrator/storage/picture-hashes.ts'
import { hashDistance } from '../../../orchestrator/storage/search/similar-pictures.ts'
import { codeOf } from '../domain/support.ts'
import { gradient, scene, solid } from './pictures.ts'

async function hashOf(bytes: Buffer): Promise<PictureHash> {
  const hash = await hashPicture(bytes)
  if (hash === null) throw new Error('There is something to compare.')
  return hash
}

const numbers = fc.integer({ min: 0, max: 1000 })

test('[analysis-similar] the same picture in another size, format and light has nearly the same hash', async () => {
  const changes: ((picture: Sharp) => Sharp)[] = [
    (picture) => picture.resize(64, 64),
    (picture) => picture.resize(300, 300),
    (picture) => picture.jpeg({ quality: 40 }),
    (picture) => picture.webp({ quality: 50 }),
    (picture) => picture.linear(0.9, 15),
    (picture) => picture.resize(90, 60, { fit: 'fill' }),
  ]
  await fc.assert(
    fc.asyncProperty(numbers, fc.constantFrom(...changes), async (number, change) => {
      const bytes = await scene(number)
      const changed = await change(sharp(bytes)).toBuffer()
      expect(hashDistance(await hashOf(bytes), await hashOf(changed))).toBeLessThanOrEqual(similarWithin)
    }),
    { numRuns: 60 },
  )
})

test('[analysis-similar] different pictures are far apart', async () => {
  const hashes = await Promise.all(
    Array.from({ length: 40 }, async (_, number) => hashOf(await scene(number))),
  )
  const distances = hashes.flatMap((hash, index) =>
    hashes.slice(index + 1).map((other) => hashDistance(hash, other)),
  )
  // No pair is taken for the same picture, and the usual pair is as far apart as chance would have it.
  expect(Math.min(...distances)).toBeGreaterThan(similarWithin)
  expect(distances.toSorted((one, other) => one - other)[distances.length / 2] ?? 0).toBeGreaterThan(24)
})

test('[analysis-similar] even pictures have nothing to compare; a gradient has', async () => {
  expect(await hashPicture(await solid(30, 90, 200))).toBeNull()
  expect(await hashPicture(await solid(0, 0, 0, 0))).toBeNull()
  expect(await hashPicture(await gradient())).not.toBeNull()
})

test('[analysis-similar] a hash is 64 bits, whatever the pixels', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1024, maxLength: 1024 }), (grey) => {
      const hash = hashOfGrey(grey)
      if (hash === null) return
      for (const half of [hash.high, hash.low]) {
        expect(Number.isInteger(half) && half >= 0 && half < 2 ** 32).toBe(true)
      }
      expect(hashDistance(hash, hash)).toBe(0)
      expect(hash.high).toBeLessThan(2 ** 31)
    }),
  )
})

test('[analysis-errors] what is no picture is refused by its code', async () => {
  expect(await codeOf(() => hashPicture(Buffer.from('no picture')))).toBe('picture_unreadable')
})

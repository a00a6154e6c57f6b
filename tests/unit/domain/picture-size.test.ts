import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decideSize } from '../../../orchestrator/domain/generation/picture-size.ts'
import { codeOf } from './support.ts'

const usual = { width: 512, height: 512 }

test.each([
  ['nothing', {}, null, { width: 512, height: 512 }],
  ['an exact size', { width: 640, height: 384 }, null, { width: 640, height: 384 }],
  ['a width alone', { width: 640 }, null, { width: 640, height: 512 }],
  ['a square', { aspect: 'square' }, null, { width: 512, height: 512 }],
  ['a portrait', { aspect: 'portrait' }, null, { width: 416, height: 624 }],
  ['a landscape', { aspect: 'landscape' }, null, { width: 624, height: 416 }],
  ['a source of usual size', {}, { width: 512, height: 384 }, { width: 512, height: 384 }],
  ['a large source', {}, { width: 4000, height: 3000 }, { width: 592, height: 440 }],
  ['a tiny source', {}, { width: 16, height: 16 }, { width: 512, height: 512 }],
  ['a source of odd size', {}, { width: 301, height: 301 }, { width: 512, height: 512 }],
  [
    'an exact size and a source',
    { width: 256, height: 256 },
    { width: 4000, height: 3000 },
    { width: 256, height: 256 },
  ],
] as const)('%s decides the size', (_, wanted, source, expected) => {
  expect(decideSize(wanted, usual, source, 1024)).toEqual(expected)
})

test('[contracts-strict] a shape and a size contradict each other', async () => {
  expect(await codeOf(() => decideSize({ aspect: 'square', width: 512 }, usual, null, 1024))).toBe(
    'invalid_input',
  )
})

test('[contracts-strict] a side beyond what the preset makes is refused by name', () => {
  expect(() => decideSize({ width: 512, height: 1032 }, usual, null, 1024)).toThrow(
    expect.objectContaining({
      code: 'invalid_input',
      details: { fields: [expect.objectContaining({ field: 'height' })] },
    }),
  )
})

test('whatever the source, the size is one that an engine takes', () => {
  const side = fc.integer({ min: 1, max: 4096 })
  fc.assert(
    fc.property(side, side, (width, height) => {
      const size = decideSize({}, usual, { width, height }, 1_000_000)
      for (const length of [size.width, size.height]) {
        expect(length % 8).toBe(0)
        expect(length).toBeGreaterThan(0)
      }
    }),
  )
})

test('whatever the shape of the source, a preset that makes it is not exceeded', () => {
  const side = fc.integer({ min: 1, max: 4096 })
  fc.assert(
    fc.property(side, side, (width, height) => {
      const size = decideSize({}, usual, { width, height }, 1024)
      expect(Math.max(size.width, size.height)).toBeLessThanOrEqual(1024)
      expect(Math.min(size.width, size.height)).toBeGreaterThanOrEqual(64)
    }),
  )
})

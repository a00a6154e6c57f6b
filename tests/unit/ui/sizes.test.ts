import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sideSchema } from '../../../contracts/entities/preset.ts'
import { shapes, sizeOf, toSide } from '../../../ui/features/generate/sizes.ts'

const side = fc.integer({ min: 8, max: 512 }).map((eighth) => eighth * 8)

describe('a size of a shape', () => {
  test('is one the engine takes, within the longest side, whatever the preset', () => {
    fc.assert(
      fc.property(fc.constantFrom(...shapes), side, side, side, (shape, width, height, maxSide) => {
        const size = sizeOf(shape, { width, height }, maxSide)
        for (const one of [size.width, size.height]) expect(sideSchema.safeParse(one).success).toBe(true)
        expect(Math.max(size.width, size.height)).toBeLessThanOrEqual(maxSide)
      }),
    )
  })

  test('has about as many pixels as the preset, in the relation of the shape', () => {
    for (const shape of shapes) {
      const { width, height } = sizeOf(shape, { width: 1024, height: 1024 }, 4096)
      expect(width / height).toBeCloseTo(shape.width / shape.height, 1)
      expect((width * height) / 1024 ** 2).toBeCloseTo(1, 1)
    }
  })

  test('of the square model is square, and lies on its side for portrait and landscape', () => {
    const [square, portrait, landscape] = shapes.map((shape) =>
      sizeOf(shape, { width: 512, height: 512 }, 1024),
    )
    expect(square).toEqual({ width: 512, height: 512 })
    expect(portrait).toEqual({ width: landscape?.height, height: landscape?.width })
  })
})

test('a side is rounded to what the engine takes', () => {
  expect([1, 67, 68, 100, 9999].map(toSide)).toEqual([64, 64, 72, 104, 4096])
})

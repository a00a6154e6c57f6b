import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareRecipes } from '../../../ui/features/gallery/compare/compare-recipes.ts'
import { pan, wholePicture, zoom } from '../../../ui/features/gallery/compare/view.ts'
import { recipe } from './support.ts'

test('[interface-compare] settings stand side by side, and what only one has is a difference', () => {
  const rows = compareRecipes(
    { recipe },
    { recipe: { ...recipe, seed: 7, negative_prompt: 'fog', engine: { name: 'e', version: '1' } } },
  )
  expect(rows.filter(({ differs }) => differs)).toEqual([
    { label: 'Negative prompt', one: null, other: 'fog', differs: true },
    { label: 'Seed', one: '42', other: '7', differs: true },
    { label: 'Engine', one: null, other: 'e 1', differs: true },
  ])
  expect(new Set(rows.map(({ label }) => label)).size).toBe(rows.length)
  expect(compareRecipes({ recipe }, { recipe }).some(({ differs }) => differs)).toBe(false)
})

test('[interface-compare] zooming keeps what lies under the pointer, within limits', () => {
  const place = { x: 0.25, y: -0.1 }
  const near = zoom(wholePicture, 4, place)
  expect(near.scale).toBe(4)
  // The point of the picture at the place is the same before and after.
  expect((place.x - near.x) / near.scale).toBeCloseTo(place.x)
  expect((place.y - near.y) / near.scale).toBeCloseTo(place.y)
  expect(zoom(near, 1 / 4, place)).toEqual(wholePicture)
  expect(zoom(wholePicture, 1000).scale).toBe(16)
  expect(zoom(wholePicture, 0.1)).toEqual(wholePicture)
})

test('[interface-compare] no edge of a picture comes inside its frame, however it is moved', () => {
  const part = fc.double({ min: -3, max: 3, noNaN: true })
  const factor = fc.double({ min: 0.1, max: 8, noNaN: true })
  fc.assert(
    fc.property(fc.array(fc.tuple(part, part, factor), { maxLength: 8 }), (steps) => {
      let view = wholePicture
      for (const [x, y, by] of steps) view = zoom(pan(view, x, y), by, { x: x / 6, y: y / 6 })
      expect(Math.abs(view.x)).toBeLessThanOrEqual((view.scale - 1) / 2 + 1e-9)
      expect(Math.abs(view.y)).toBeLessThanOrEqual((view.scale - 1) / 2 + 1e-9)
    }),
  )
})

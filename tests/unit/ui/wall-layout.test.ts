import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  layOutWall,
  rowsBetween,
  wallHeight,
  type WallRow,
} from '../../../ui/features/gallery/wall-layout.ts'
import { generation, shaped } from './support.ts'

const measures = { width: 800, rowHeight: 200, gap: 8 }
const shape = fc.record({
  width: fc.integer({ min: 64, max: 4096 }),
  height: fc.integer({ min: 64, max: 4096 }),
})
const widths = fc.integer({ min: 200, max: 2500 })

const picturesOf = (rows: readonly WallRow[]) => rows.flatMap((row) => (row.kind === 'pictures' ? [row] : []))
const wide = (row: { tiles: readonly { width: number }[] }) =>
  row.tiles.reduce((sum, tile) => sum + tile.width, 0) + measures.gap * (row.tiles.length - 1)

describe('the wall', () => {
  test('shows every picture once, in its order, whatever the shapes', () => {
    fc.assert(
      fc.property(fc.array(shape, { maxLength: 60 }), widths, (shapes, width) => {
        const pictures = shapes.map((one, index) => shaped(1000 - index, one.width, one.height))
        const rows = picturesOf(layOutWall(pictures, { ...measures, width }))
        expect(rows.flatMap(({ tiles }) => tiles.map((tile) => tile.generation.id))).toEqual(
          pictures.map(({ id }) => id),
        )
      }),
    )
  })

  test('never is wider than its place, nor higher than it aims for, and rows do not overlap', () => {
    fc.assert(
      fc.property(fc.array(shape, { minLength: 1, maxLength: 60 }), widths, (shapes, width) => {
        const pictures = shapes.map((one, index) => shaped(1000 - index, one.width, one.height))
        const rows = layOutWall(pictures, { ...measures, width })
        for (const row of picturesOf(rows)) {
          expect(wide(row)).toBeLessThanOrEqual(width + 0.001)
          expect(row.height).toBeLessThanOrEqual(measures.rowHeight)
        }
        rows.slice(1).forEach((row, index) => {
          const before = rows[index] as WallRow
          expect(row.top).toBeGreaterThanOrEqual(before.top + before.height)
        })
      }),
    )
  })

  test('full rows end flush; the last keeps the height that is aimed for', () => {
    const pictures = Array.from({ length: 11 }, (_, index) => shaped(100 - index, 128, 128))
    const rows = picturesOf(layOutWall(pictures, measures))
    expect(rows.map(({ tiles }) => tiles.length)).toEqual([4, 4, 3])
    expect(wide(rows[0] as (typeof rows)[0])).toBeCloseTo(measures.width)
    expect(rows[2]?.height).toBe(200)
    expect(wide(rows[2] as (typeof rows)[0])).toBe(3 * 200 + 2 * 8)
  })

  test('tiles have the shape of their pictures, and extreme ones are boxed in', () => {
    const [row] = picturesOf(
      layOutWall([shaped(3, 64, 128), shaped(2, 4096, 64), shaped(1, 64, 4096)], {
        ...measures,
        width: 5000,
      }),
    )
    const ratios = row?.tiles.map(({ width }) => width / row.height)
    expect(ratios?.[0]).toBeCloseTo(0.5)
    expect(ratios?.[1]).toBeCloseTo(3)
    expect(ratios?.[2]).toBeCloseTo(1 / 3)
  })

  test('months have their names above their pictures', () => {
    const march = generation(3, { created_at: '2026-03-15T12:00:00.000Z' })
    const february = generation(2, { created_at: '2026-02-15T12:00:00.000Z' })
    const rows = layOutWall([march, february], measures)
    expect(rows.map((row) => (row.kind === 'month' ? row.label : row.tiles[0]?.generation.id))).toEqual([
      'March 2026',
      '3',
      'February 2026',
      '2',
    ])
  })

  test('is nothing before its width is known', () => {
    expect(layOutWall([generation(1)], { ...measures, width: 0 })).toEqual([])
    expect(wallHeight([])).toBe(0)
  })

  test('gives the rows in a window: exactly those that touch it', () => {
    const pictures = Array.from({ length: 200 }, (_, index) => shaped(1000 - index, 128, 128))
    const rows = layOutWall(pictures, measures)
    fc.assert(
      fc.property(
        fc.integer({ min: -500, max: 12_000 }),
        fc.integer({ min: 0, max: 3000 }),
        (from, height) => {
          const expected = rows.filter((row) => row.top + row.height >= from && row.top <= from + height)
          expect(rowsBetween(rows, from, from + height)).toEqual(expected)
        },
      ),
    )
    expect(wallHeight(rows)).toBe((rows.at(-1)?.top ?? 0) + (rows.at(-1)?.height ?? 0))
  })
})

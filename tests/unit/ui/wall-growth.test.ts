import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Generation } from '../../../contracts/entities/generation.ts'
import {
  layOutWall,
  type PictureRow,
  type WallBefore,
  type WallRow,
} from '../../../ui/features/gallery/wall-layout.ts'
import { shaped } from './support.ts'

const measures = { width: 1200, rowHeight: 200, gap: 8 }
const day = 24 * 3_600_000
const sides = [64, 96, 128, 192] as const

/** Pictures one a day, newest first, of many shapes. */
const pictures = Array.from({ length: 400 }, (_, index) =>
  shaped(10_000 - index, sides[(index * 7) % 4] ?? 64, sides[(index * 5 + (index >> 3)) % 4] ?? 64, {
    created_at: new Date(Date.UTC(2026, 6, 1) - index * day).toISOString(),
  }),
)
const rowsOf = (rows: readonly WallRow[]): PictureRow[] => rows.filter((row) => row.kind === 'pictures')
const idsOf = ({ tiles }: PictureRow): string => tiles.map(({ generation }) => generation.id).join()
const widthOf = ({ tiles }: PictureRow): number =>
  tiles.reduce((sum, { width }) => sum + width, measures.gap * (tiles.length - 1))

/** A part of the pictures as it is loaded, after one page more came in above or below or some went. */
type Part = readonly [from: number, to: number]
const grow = (part: Part, before: WallBefore['rows']): WallRow[] =>
  layOutWall(pictures.slice(...part), measures, { rows: before, openAbove: part[0] > 0 })

const steps = fc.array(
  fc.record({ above: fc.integer({ min: -40, max: 60 }), below: fc.integer({ min: -40, max: 60 }) }),
  { minLength: 1, maxLength: 8 },
)

describe('a wall that grows at both ends', () => {
  test('[interface-steady-wall] leaves every full row that stays loaded as it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), steps, (start, changes) => {
        let part: Part = [start, start + 80]
        let rows = grow(part, [])
        for (const { above, below } of changes) {
          const [from, to] = [Math.max(0, part[0] - above), Math.min(400, part[1] + below)]
          if (to - from < 40) continue
          const next = grow([from, to], rows)
          const now = new Set(rowsOf(next).map(idsOf))
          const firstAndLast = [rowsOf(rows)[0], ...rowsOf(rows).filter(({ full }) => !full)]
          const cut = (row: PictureRow) =>
            row.tiles.some(({ generation }) => {
              const index = 10_000 - Number(generation.id)
              return index < from || index >= to
            })
          const kept = rowsOf(rows).filter(
            (row) => !firstAndLast.includes(row) && !cut(row) && !rowIsAfterCut(row, rows, cut),
          )
          expect([...now]).toEqual(expect.arrayContaining(kept.map(idsOf)))
          ;[part, rows] = [[from, to], next]
        }
      }),
    )
  })

  test('[interface-steady-wall] shows every picture once and in order, no row wider than the wall', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), steps, (start, changes) => {
        let part: Part = [start, start + 80]
        let rows = grow(part, [])
        for (const { above, below } of changes) {
          part = [Math.max(0, part[0] - above), Math.min(400, Math.max(part[0] + 40, part[1] + below))]
          rows = grow(part, rows)
          expect(rowsOf(rows).flatMap((row) => row.tiles.map(({ generation }) => generation.id))).toEqual(
            pictures.slice(...part).map(({ id }) => id),
          )
          for (const row of rowsOf(rows)) expect(widthOf(row)).toBeLessThanOrEqual(measures.width + 0.001)
        }
      }),
    )
  })

  test('[interface-steady-wall] what comes in above is flush with what is there, and the open end is the first row', () => {
    const june = (generation: Generation) => generation.created_at.startsWith('2026-06')
    const first = grow([20, 60], [])
    // Three times over, since what was broken from below must stay so.
    const second = rowsOf(grow([3, 60], grow([3, 60], grow([8, 60], first)))).filter(({ tiles }) =>
      tiles.every((tile) => june(tile.generation)),
    )
    expect(second.length).toBeGreaterThan(4)
    for (const row of second.slice(1, -1)) expect(widthOf(row)).toBeCloseTo(measures.width)
  })

  test('[interface-steady-wall] a picture that goes lets those after it move up, and nothing before it', () => {
    const rows = grow([0, 80], [])
    const gone = rowsOf(rows)[3]?.tiles[1]?.generation.id
    const left = pictures.slice(0, 80).filter(({ id }) => id !== gone)
    const after = rowsOf(layOutWall(left, measures, { rows, openAbove: false }))
    expect(after.slice(0, 3).map(idsOf)).toEqual(rowsOf(rows).slice(0, 3).map(idsOf))
    expect(after).toEqual(rowsOf(layOutWall(left, measures)))
  })
})

/** A row keeps its place only from the first row of the old wall on that is loaded whole. */
function rowIsAfterCut(
  row: PictureRow,
  rows: readonly WallRow[],
  cut: (row: PictureRow) => boolean,
): boolean {
  const all = rowsOf(rows)
  return all
    .slice(0, all.indexOf(row))
    .some((one, index) => cut(one) && index > 0 && !cut(all[index - 1] ?? one))
}

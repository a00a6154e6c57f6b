import type { Generation } from '../../../contracts/entities/generation.ts'
import { monthInWords } from '../../components/words.ts'
import {
  breakAsBefore,
  breakBackward,
  breakEvenly,
  breakForward,
  type Line,
  type LineMeasures,
} from './line-breaks.ts'

interface Placed {
  readonly key: string
  readonly top: number
  readonly height: number
}

/** A line of the wall: a month's name, or pictures of one height. */
export type WallRow = MonthRow | PictureRow
type MonthRow = Placed & { readonly kind: 'month'; readonly label: string }
export type PictureRow = Placed & {
  readonly kind: 'pictures'
  /** False where the row ends before the width does. */
  readonly full: boolean
  readonly tiles: readonly { generation: Generation; width: number }[]
}

/** The measures of a wall in pixels. */
export interface WallMeasures extends LineMeasures {
  /** Whether the names of months stand above their pictures; true where it is left out. */
  readonly months?: boolean
}

/** What the wall was before, so that what is looked at stays where it is while pictures come at its ends. */
export interface WallBefore {
  readonly rows: readonly WallRow[]
  /** Whether there is more above the first picture that is not loaded. */
  readonly openAbove: boolean
}

interface Member {
  readonly id: string
  readonly aspect: number
  readonly generation: Generation
}

const monthHeight = 44
const nothingBefore: WallBefore = { rows: [], openAbove: false }

/** Lays pictures out in rows of equal height that fill the width, under the names of their months. */
export function layOutWall(
  generations: readonly Generation[],
  measures: WallMeasures,
  before: WallBefore = nothingBefore,
): WallRow[] {
  if (measures.width <= 0) return []
  const given = keptLines(before.rows, generations)
  const rows: WallRow[] = []
  let top = 0
  const months = Map.groupBy(generations, ({ created_at }) =>
    measures.months === false ? '' : monthInWords(created_at),
  )
  for (const [month, pictures] of months) {
    if (month !== '') {
      rows.push({ kind: 'month', key: month, label: month, top, height: monthHeight })
      top += monthHeight
    }
    const members = pictures.map((generation) => ({
      id: generation.id,
      aspect: aspectOf(generation),
      generation,
    }))
    const isOpen = before.openAbove && given.size > 0 && rows.length <= 1
    for (const { items, height, full } of breakIntoLines(members, measures, given, isOpen)) {
      const tiles = items.map(({ generation, aspect }) => ({ generation, width: aspect * height }))
      rows.push({ kind: 'pictures', key: items[0]?.id ?? '', top, height, full, tiles })
      top += height + measures.gap
    }
  }
  return rows
}

/** How tall the whole wall is. */
export function wallHeight(rows: readonly WallRow[]): number {
  const last = rows.at(-1)
  return last === undefined ? 0 : last.top + last.height
}

/** The rows that show between these two heights. */
export function rowsBetween(rows: readonly WallRow[], from: number, to: number): readonly WallRow[] {
  const first = firstIndex(rows, (row) => row.top + row.height >= from)
  const end = firstIndex(rows, (row) => row.top > to)
  return rows.slice(first, end)
}

/** The row a picture is in. */
export function rowOf(rows: readonly WallRow[], id: string | undefined): PictureRow | undefined {
  return rows
    .filter((row) => row.kind === 'pictures')
    .find(({ tiles }) => tiles.some(({ generation }) => generation.id === id))
}

/**
 * Breaks the pictures of a month into lines. Those above the first line that stays are broken from below, so that an
 * unfinished line is at the far end; once the month is complete they share what room there is.
 */
function breakIntoLines(
  members: readonly Member[],
  measures: LineMeasures,
  given: ReadonlyMap<string, number>,
  openAbove: boolean,
): Line<Member>[] {
  const known = members.findIndex(({ id }) => given.has(id))
  if (known < 0) return openAbove ? breakBackward(members, measures) : breakForward(members, measures)
  const head = members.slice(0, known)
  const tail = breakAsBefore(members.slice(known), measures, given)
  if (head.length === 0) return tail
  return [...(openAbove ? breakBackward(head, measures) : breakEvenly(head, measures)), ...tail]
}

/**
 * The lines that stay, by the picture they begin with: all up to the first picture that came or went in between, for
 * what is below that flows on as in a text.
 */
function keptLines(before: readonly WallRow[], generations: readonly Generation[]): Map<string, number> {
  const given = new Map<string, number>()
  const all = before.filter((row) => row.kind === 'pictures')
  // A first line with room left takes in what comes above it.
  const lines = all[0]?.full === false ? all.slice(1) : all
  const places = new Map(generations.map(({ id }, index) => [id, index]))
  const first = lines.findIndex(({ key }) => places.has(key))
  let place = places.get(lines[first]?.key ?? '') ?? 0
  for (const { tiles, key, full } of first < 0 ? [] : lines.slice(first)) {
    if (tiles.some(({ generation }, index) => generations[place + index]?.id !== generation.id)) break
    given.set(key, full ? tiles.length : 0)
    place += tiles.length
  }
  return given
}

/** Extreme shapes are boxed in, so that one of them does not fill a row alone. */
function aspectOf({ picture, recipe }: Generation): number {
  const { width, height } = picture ?? recipe
  return Math.min(3, Math.max(1 / 3, width / height))
}

function firstIndex(rows: readonly WallRow[], holds: (row: WallRow) => boolean): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    const row = rows[middle]
    if (row !== undefined && holds(row)) high = middle
    else low = middle + 1
  }
  return low
}

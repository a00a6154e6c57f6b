import type { Generation } from '../../../contracts/entities/generation.ts'
import { monthInWords } from '../../components/words.ts'

interface Placed {
  readonly key: string
  readonly top: number
  readonly height: number
}

/** A line of the wall: a month's name, or pictures of one height. */
export type WallRow =
  | (Placed & { readonly kind: 'month'; readonly label: string })
  | (Placed & {
      readonly kind: 'pictures'
      readonly tiles: readonly { generation: Generation; width: number }[]
    })

/** The measures of a wall in pixels. */
export interface WallMeasures {
  readonly width: number
  /** The height that rows aim at; full rows shrink or grow a little to end flush. */
  readonly rowHeight: number
  readonly gap: number
}

const monthHeight = 44

/** Lays pictures out in rows of equal height that fill the width, under the names of their months. */
export function layOutWall(generations: readonly Generation[], measures: WallMeasures): WallRow[] {
  if (measures.width <= 0) return []
  const rows: WallRow[] = []
  let top = 0
  for (const [month, members] of Map.groupBy(generations, ({ created_at }) => monthInWords(created_at))) {
    rows.push({ kind: 'month', key: month, label: month, top, height: monthHeight })
    top += monthHeight
    for (const line of breakIntoLines(members, measures)) {
      const height = heightOf(line, measures)
      const tiles = line.map((generation) => ({ generation, width: aspectOf(generation) * height }))
      rows.push({ kind: 'pictures', key: line[0]?.id ?? '', top, height, tiles })
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

function breakIntoLines(members: readonly Generation[], measures: WallMeasures): Generation[][] {
  const lines: Generation[][] = [[]]
  for (const generation of members) {
    const line = lines.at(-1) ?? []
    if (line.length > 0 && fullHeight(line, measures) <= measures.rowHeight) lines.push([generation])
    else line.push(generation)
  }
  return lines.filter((line) => line.length > 0)
}

/** A line that is not full keeps the aimed height instead of blowing its few pictures up. */
function heightOf(line: readonly Generation[], measures: WallMeasures): number {
  return Math.min(measures.rowHeight, fullHeight(line, measures))
}

/** The height at which a line fills the width exactly. */
function fullHeight(line: readonly Generation[], { width, gap }: WallMeasures): number {
  const aspects = line.reduce((sum, generation) => sum + aspectOf(generation), 0)
  return (width - gap * (line.length - 1)) / aspects
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

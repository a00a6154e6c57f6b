import type { DominantColor } from '../../../contracts/entities/analysis.ts'
import { nameColor } from './color-names.ts'
import { colorDistance, toHex, type Oklab } from './oklab.ts'
import type { Planes } from './planes.ts'

/** So many groups are looked for; those that look alike become one. */
const groupCount = 10

/** Colours nearer than this look alike. */
const alike = 0.06

/** A smaller part of the picture is not worth a mention. */
const leastShare = 0.02

const mostColors = 6
const mostRounds = 30

/** Colours that fell into one cell of a grid, as their mean and how many they are. */
interface Cell extends Oklab {
  readonly weight: number
}

/**
 * The colours that make up most of a picture, the largest share first. K-means in OKLab on the cells of a grid; it starts
 * from the largest cell and the ones that are farthest from all before, so that chance has no part in it.
 */
export function dominantColors(planes: Planes): DominantColor[] {
  const cells = gather(planes)
  let centers = firstCenters(cells)
  for (let round = 0; round < mostRounds; round += 1) {
    const moved = meansOf(cells, centers)
    const still = moved.every((center, index) => colorDistance(center, centers[index] ?? center) < 1e-5)
    centers = moved
    if (still) break
  }
  return joinNamesakes(joinAlike(centers))
    .map((center) => ({
      name: nameColor(center),
      hex: toHex(center),
      share: Math.round((center.weight / planes.count) * 1000) / 1000,
    }))
    .filter(({ share }, index) => index === 0 || share >= leastShare)
    .slice(0, mostColors)
}

/** Puts the pixels into the cells of a grid that is fine enough to keep colours apart that look different. */
function gather({ lightness, a, b, count }: Planes): Cell[] {
  const sums = new Map<number, { l: number; a: number; b: number; weight: number }>()
  for (let index = 0; index < count; index += 1) {
    const [l = 0, red = 0, yellow = 0] = [lightness[index], a[index], b[index]]
    const key = (Math.floor(l * 50) * 64 + Math.floor(red * 50 + 32)) * 64 + Math.floor(yellow * 50 + 32)
    const sum = sums.get(key) ?? { l: 0, a: 0, b: 0, weight: 0 }
    sums.set(key, sum)
    sum.l += l
    sum.a += red
    sum.b += yellow
    sum.weight += 1
  }
  return [...sums.values()]
    .map((sum) => ({
      l: sum.l / sum.weight,
      a: sum.a / sum.weight,
      b: sum.b / sum.weight,
      weight: sum.weight,
    }))
    .toSorted((one, other) => other.weight - one.weight || one.l - other.l || one.a - other.a)
}

function firstCenters(cells: readonly Cell[]): Cell[] {
  const centers = cells.slice(0, 1)
  while (centers.length < Math.min(groupCount, cells.length)) {
    const farthest = cells
      .map((cell) => ({ cell, need: cell.weight * nearest(cell, centers).distance ** 2 }))
      .reduce((best, one) => (one.need > best.need ? one : best))
    if (farthest.need === 0) break
    centers.push(farthest.cell)
  }
  return centers
}

function meansOf(cells: readonly Cell[], centers: readonly Cell[]): Cell[] {
  const members = Map.groupBy(cells, (cell) => nearest(cell, centers).index)
  return centers.flatMap((_, index) => {
    const group = members.get(index)
    return group === undefined ? [] : [meanOf(group)]
  })
}

function meanOf(cells: readonly Cell[]): Cell {
  const weight = cells.reduce((sum, cell) => sum + cell.weight, 0)
  const mean = (pick: (cell: Cell) => number) =>
    cells.reduce((sum, cell) => sum + pick(cell) * cell.weight, 0) / weight
  return { l: mean(({ l }) => l), a: mean(({ a }) => a), b: mean(({ b }) => b), weight }
}

/** Joins centres that would be called the same. */
function joinNamesakes(centers: readonly Cell[]): Cell[] {
  return [...Map.groupBy(centers, nameColor).values()]
    .map(meanOf)
    .toSorted((one, other) => other.weight - one.weight)
}

/** Joins centres that look alike, the nearest first. */
function joinAlike(centers: readonly Cell[]): Cell[] {
  const sorted = centers.toSorted((one, other) => other.weight - one.weight)
  for (const [index, center] of sorted.entries()) {
    const partner = sorted.findIndex((other, at) => at > index && colorDistance(center, other) < alike)
    if (partner < 0) continue
    const joined = meanOf([center, sorted[partner] ?? center])
    return joinAlike([joined, ...sorted.filter((_, at) => at !== index && at !== partner)])
  }
  return sorted
}

function nearest(color: Oklab, centers: readonly Cell[]): { index: number; distance: number } {
  let best = { index: 0, distance: Infinity }
  for (const [index, center] of centers.entries()) {
    const distance = colorDistance(color, center)
    if (distance < best.distance) best = { index, distance }
  }
  return best
}

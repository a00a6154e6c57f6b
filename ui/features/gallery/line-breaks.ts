/** What is broken into lines: a picture and how wide it is for its height. */
export interface Shape {
  readonly id: string
  /** Width divided by height. */
  readonly aspect: number
}

/** The measures lines are broken by, in pixels. */
export interface LineMeasures {
  readonly width: number
  /** The height that lines aim at; full ones shrink a little to end flush. */
  readonly rowHeight: number
  readonly gap: number
}

/** Pictures side by side, and how tall they are together. */
export interface Line<Item extends Shape> {
  readonly items: readonly Item[]
  readonly height: number
  /** False where the line ends before the width does. */
  readonly full: boolean
}

/** How much taller than aimed for a line may be, where it has to fill a gap that is fixed on both sides. */
const mostStretch = 1.3

/** Breaks pictures into lines from the first one on; the last line may not be full. */
export function breakForward<Item extends Shape>(
  items: readonly Item[],
  measures: LineMeasures,
): Line<Item>[] {
  const lines: Item[][] = []
  for (const item of items) {
    const line = lines.at(-1)
    if (line === undefined || isFull(line, measures)) lines.push([item])
    else line.push(item)
  }
  return lines.map((line) => toLine(line, measures))
}

/**
 * The same where some lines are given, the first of them with the first picture: what is between them goes on freely.
 *
 * @param given how many pictures a line has that begins with a picture; 0 where it is not full and may take in more
 */
export function breakAsBefore<Item extends Shape>(
  items: readonly Item[],
  measures: LineMeasures,
  given: ReadonlyMap<string, number>,
): Line<Item>[] {
  const places = items.flatMap(({ id }, index) => (given.has(id) ? [index] : []))
  return places.flatMap((place, index) => {
    const rest = items.slice(place, places[index + 1])
    const line = rest.splice(0, given.get(rest[0]?.id ?? '') ?? 0)
    const first = line.length === 0 ? [] : [toLine(line, measures, mostStretch)]
    return [...first, ...breakForward(rest, measures)]
  })
}

/** The same from the last one on: the line that may not be full is the first. */
export function breakBackward<Item extends Shape>(
  items: readonly Item[],
  measures: LineMeasures,
): Line<Item>[] {
  return breakForward(items.toReversed(), measures)
    .map((line) => ({ ...line, items: line.items.toReversed() }))
    .toReversed()
}

/** Breaks pictures into lines that are all flush and about equally tall, as far as their shapes allow it. */
export function breakEvenly<Item extends Shape>(
  items: readonly Item[],
  measures: LineMeasures,
): Line<Item>[] {
  const total = items.reduce((sum, { aspect }) => sum + aspect, 0)
  const count = Math.max(1, Math.round((total * measures.rowHeight) / measures.width))
  const lines: Item[][] = Array.from({ length: count }, () => [])
  let passed = 0
  for (const item of items) {
    const index = Math.min(count - 1, Math.floor(((passed + item.aspect / 2) / total) * count))
    lines[index]?.push(item)
    passed += item.aspect
  }
  return lines.filter((line) => line.length > 0).map((line) => toLine(line, measures, mostStretch))
}

function toLine<Item extends Shape>(items: readonly Item[], measures: LineMeasures, stretch = 1): Line<Item> {
  const flush = flushHeight(items, measures)
  const full = flush <= measures.rowHeight * stretch
  return { items, full, height: full ? flush : measures.rowHeight }
}

const isFull = (items: readonly Shape[], measures: LineMeasures): boolean =>
  flushHeight(items, measures) <= measures.rowHeight

/** The height at which a line fills the width exactly. */
function flushHeight(items: readonly Shape[], { width, gap }: LineMeasures): number {
  const aspects = items.reduce((sum, { aspect }) => sum + aspect, 0)
  return (width - gap * (items.length - 1)) / aspects
}

import { useElementSize, useEventListener } from '@vueuse/core'
import { computed, nextTick, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue'
import type { Generation } from '../../../contracts/entities/generation.ts'
import { layOutWall, rowOf, rowsBetween, wallHeight, type WallRow } from './wall-layout.ts'

const gap = 8
/** How far beyond the window rows exist as elements, in pixels. */
const beyond = 800
/** Room above the first row that is loaded, so that rows can come in there without moving what is below. */
const room = 50_000
/** Browsers draw nothing beyond some 33 million pixels. */
const farthest = 5_000_000

/** What a wall is made from. */
interface WallParts {
  readonly generations: Ref<readonly Generation[]>
  /** Changes when other pictures are shown, and not when pictures come in or go. */
  readonly place: Ref<string>
  readonly hasNewer: Ref<boolean>
  /** Whether it begins with the last picture at the bottom instead of the first one at the top. */
  readonly fromEnd: Ref<boolean>
  readonly months: Ref<boolean>
  readonly scroller: Readonly<Ref<HTMLElement | null>>
  readonly wall: Readonly<Ref<HTMLElement | null>>
}

/** A wall of which only what is near the window exists as elements, and of which only a part is loaded. */
interface Wall {
  readonly visible: ComputedRef<readonly WallRow[]>
  readonly height: ComputedRef<number>
  readonly nearStart: ComputedRef<boolean>
  readonly nearEnd: ComputedRef<boolean>
  /** The first picture of the first row that shows; null where none does yet. */
  readonly topmost: ComputedRef<Generation | null>
  readonly isAtBeginning: ComputedRef<boolean>
  /** Whether one has left the row the wall began with. */
  readonly hasMoved: Readonly<Ref<boolean>>
  readonly gap: number
  /** Scrolls a picture into the window where it is not in it already. */
  readonly reveal: (id: string) => void
}

/**
 * Lays the pictures out and keeps what one looks at in its place: rows keep their distance from the top while pages come
 * and go above them, and only where the room there runs out is the window moved along.
 */
export function useWall({ generations, place, hasNewer, fromEnd, months, scroller, wall }: WallParts): Wall {
  const { height: windowHeight } = useElementSize(scroller)
  const { width } = useElementSize(wall)
  const y = ref(0)
  /** How far from the top the first row is. */
  const origin = ref(0)
  const laidOut = shallowRef<readonly WallRow[]>([])
  const hasMoved = ref(false)
  let begunAt: string | null = null
  useEventListener(scroller, 'scroll', () => (y.value = scroller.value?.scrollTop ?? 0), { passive: true })

  const rowHeight = computed(() => (width.value < 500 ? 130 : 200))
  const measures = computed(() => ({
    width: width.value,
    rowHeight: rowHeight.value,
    gap,
    months: months.value,
  }))

  watch([generations, measures, place], ([, now, at], [, before, from]) => {
    if (at !== from || laidOut.value.length === 0) return begin()
    const seen = rowsBetween(laidOut.value, y.value - origin.value, Infinity)
    const anchor = seen.find((row) => row.kind === 'pictures' && row.top >= y.value - origin.value)
    const isFirst = !hasNewer.value && y.value < 40
    const unchanged = now.width === before.width && now.rowHeight === before.rowHeight
    laidOut.value = layOutWall(generations.value, now, {
      rows: isFirst || !unchanged ? [] : laidOut.value,
      openAbove: hasNewer.value,
    })
    if (isFirst || anchor?.kind !== 'pictures') return
    const moved = rowOf(laidOut.value, anchor.tiles[0]?.generation.id)
    if (moved !== undefined) origin.value += anchor.top - moved.top
    keepInside()
  })

  // Where there is nothing newer, there is no room above either.
  watch([hasNewer, y], keepInside)

  function begin(): void {
    laidOut.value = layOutWall(generations.value, measures.value)
    origin.value = hasNewer.value ? room : 0
    scrollTo(fromEnd.value ? height.value - windowHeight.value : origin.value)
    begunAt = topmost.value?.id ?? null
    hasMoved.value = false
  }

  function keepInside(): void {
    const atStart = !hasNewer.value && origin.value > 0 && y.value < origin.value + windowHeight.value * 2
    if (atStart || origin.value < 0) moveOrigin(hasNewer.value ? room : 0)
    else if (origin.value > farthest) moveOrigin(room)
  }

  function moveOrigin(to: number): void {
    const by = to - origin.value
    origin.value = to
    scrollTo(y.value + by)
  }

  /** Once the wall has its new height; nothing is painted in between. */
  function scrollTo(top: number): void {
    y.value = Math.max(0, top)
    const wanted = y.value
    void nextTick(() => scroller.value?.scrollTo({ top: wanted, behavior: 'instant' }))
  }

  const height = computed(() => origin.value + wallHeight(laidOut.value))
  const visible = computed(() => {
    const from = y.value - origin.value
    const rows = rowsBetween(laidOut.value, from - beyond, from + windowHeight.value + beyond)
    return rows.map((row) => ({ ...row, top: row.top + origin.value }))
  })
  const topmost = computed(() => {
    const row = visible.value.find((one) => one.kind === 'pictures' && one.top + one.height / 2 > y.value)
    return row?.kind === 'pictures' ? (row.tiles[0]?.generation ?? null) : null
  })
  const isAtBeginning = computed(() => !hasNewer.value && y.value < origin.value + 40)

  watch(
    () => topmost.value?.id ?? null,
    (id) => (hasMoved.value ||= id !== begunAt),
  )

  function reveal(id: string): void {
    const row = rowOf(laidOut.value, id)
    if (row === undefined) return
    const top = row.top + origin.value
    const isInside = top >= y.value && top + row.height <= y.value + windowHeight.value
    if (!isInside) scrollTo(top - (windowHeight.value - row.height) / 2)
  }

  return {
    visible,
    height,
    nearStart: computed(() => width.value > 0 && y.value < origin.value + beyond * 2),
    nearEnd: computed(() => width.value > 0 && y.value + windowHeight.value + beyond * 2 > height.value),
    topmost,
    isAtBeginning,
    hasMoved,
    gap,
    reveal,
  }
}

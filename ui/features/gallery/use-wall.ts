import { useElementSize, useScroll } from '@vueuse/core'
import { computed, watch, type ComputedRef, type Ref } from 'vue'
import type { Generation } from '../../../contracts/entities/generation.ts'
import { layOutWall, rowsBetween, wallHeight, type WallRow } from './wall-layout.ts'

const gap = 8
const beyond = 800

/** A wall of which only what is near the window exists as elements. */
export function useWall(
  generations: Ref<readonly Generation[]>,
  scroller: Readonly<Ref<HTMLElement | null>>,
  wall: Readonly<Ref<HTMLElement | null>>,
): {
  visible: ComputedRef<readonly WallRow[]>
  height: ComputedRef<number>
  nearEnd: ComputedRef<boolean>
  gap: number
  /** Scrolls a picture into the window where it is not in it already. */
  reveal: (id: string) => void
} {
  const { y } = useScroll(scroller)
  const { height: windowHeight } = useElementSize(scroller)
  const { width } = useElementSize(wall)

  const rows = computed(() =>
    layOutWall(generations.value, { width: width.value, rowHeight: width.value < 500 ? 130 : 200, gap }),
  )
  const height = computed(() => wallHeight(rows.value))
  const visible = computed(() =>
    rowsBetween(rows.value, y.value - beyond, y.value + windowHeight.value + beyond),
  )
  const nearEnd = computed(() => width.value > 0 && y.value + windowHeight.value + beyond * 2 > height.value)

  // New pictures come in at the top; what one looks at must not move under one's eyes.
  watch(rows, (now, before) => {
    const anchor = before.find((row) => row.kind === 'pictures' && row.top >= y.value)
    if (y.value < 40 || anchor?.kind !== 'pictures') return
    const moved = rowOf(now, anchor.tiles[0]?.generation.id)
    if (moved !== undefined && moved.top !== anchor.top) y.value += moved.top - anchor.top
  })

  function reveal(id: string): void {
    const row = rowOf(rows.value, id)
    if (row === undefined) return
    const isAbove = row.top < y.value
    const isBelow = row.top + row.height > y.value + windowHeight.value
    if (isAbove || isBelow) y.value = Math.max(0, row.top - (windowHeight.value - row.height) / 2)
  }

  return { visible, height, nearEnd, gap, reveal }
}

function rowOf(rows: readonly WallRow[], id: string | undefined): WallRow | undefined {
  return rows.find(
    (row) => row.kind === 'pictures' && row.tiles.some(({ generation }) => generation.id === id),
  )
}

import {
  computed,
  inject,
  provide,
  shallowReactive,
  shallowRef,
  watch,
  type ComputedRef,
  type InjectionKey,
} from 'vue'
import type { Generation } from '../../../../contracts/entities/generation.ts'
import { useAnnouncer } from '../../../app/announcer.ts'
import { countInWords } from '../../../components/words.ts'
import type { GalleryView } from '../gallery-view.ts'
import { goneFromWall } from './gone-from-wall.ts'
import { emptySelection, extendTo, selectAll, selectedIds, toggle, without } from './selection.ts'

/** The selection of one wall. */
export interface WallSelection {
  /** The selected pictures, newest first, as they were when they were loaded last. */
  readonly selected: ComputedRef<readonly Generation[]>
  readonly isSelected: (id: string) => boolean
  readonly toggle: (id: string) => void
  /** Selects everything between the picture picked last and this one. */
  readonly extendTo: (id: string) => void
  /** The picture this many places further on the wall; null beyond what is loaded. */
  readonly neighbour: (id: string, step: number) => string | null
  readonly selectAll: () => void
  readonly clear: () => void
}

const key: InjectionKey<WallSelection> = Symbol('WallSelection')

/** Makes the selection of a wall, for everything below this component. It is dropped when another wall is shown. */
export function provideSelection({ list, pages }: GalleryView): WallSelection {
  const { announce } = useAnnouncer()
  const selection = shallowRef(emptySelection)
  const ids = computed(() => selectedIds(selection.value))
  const order = computed(() => pages.generations.value.map(({ id }) => id))
  /** Every picture that was on the wall while something was selected. */
  const known = shallowReactive(new Map<string, Generation>())
  const selected = computed(() =>
    [...ids.value]
      .toSorted((one, other) => Number(other) - Number(one))
      .map((id) => known.get(id))
      .filter((one) => one !== undefined),
  )

  watch(
    () => [list.value.which, list.value.query, list.value.order].join('\n'),
    () => clear(),
  )
  watch(pages.generations, (generations) => {
    if (ids.value.size === 0) return
    remember(generations)
    if (pages.shown.value?.order !== 'newest') return
    const gone = goneFromWall(ids.value, order.value)
    if (gone.size > 0) selection.value = without(selection.value, gone)
  })
  watch(
    () => ids.value.size,
    (size, before) => {
      if (size > 0) announce(`${countInWords(size, 'picture')} selected.`)
      else if (before > 0) announce('Nothing is selected.')
    },
  )

  function remember(generations: readonly Generation[]): void {
    for (const one of generations) known.set(one.id, one)
  }

  function change(to: typeof emptySelection): void {
    remember(pages.generations.value)
    selection.value = to
  }

  function clear(): void {
    selection.value = emptySelection
    known.clear()
  }

  const wall: WallSelection = {
    selected,
    isSelected: (id) => ids.value.has(id),
    toggle: (id) => change(toggle(selection.value, id)),
    extendTo: (id) => change(extendTo(selection.value, id, order.value)),
    neighbour: (id, step) => order.value[order.value.indexOf(id) + step] ?? null,
    selectAll: () => change(selectAll(selection.value, order.value)),
    clear,
  }
  provide(key, wall)
  return wall
}

/** The selection of the wall this component stands on; null where there is none. */
export function useSelection(): WallSelection | null {
  return inject(key, null)
}

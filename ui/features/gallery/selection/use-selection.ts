import {
  computed,
  inject,
  provide,
  shallowRef,
  watch,
  type ComputedRef,
  type InjectionKey,
  type MaybeRefOrGetter,
  toValue,
} from 'vue'
import type { Generation } from '../../../../contracts/entities/generation.ts'
import { useAnnouncer } from '../../../app/announcer.ts'
import { countInWords } from '../../../components/words.ts'
import { emptySelection, extendTo, selectAll, selectedIds, toggle } from './selection.ts'

/** The selection of one wall. */
export interface WallSelection {
  /** The selected pictures, in the order of the wall. */
  readonly selected: ComputedRef<readonly Generation[]>
  readonly isSelected: (id: string) => boolean
  readonly toggle: (id: string) => void
  /** Selects everything between the picture picked last and this one. */
  readonly extendTo: (id: string) => void
  /** The picture this many places further on the wall; null beyond its ends. */
  readonly neighbour: (id: string, step: number) => string | null
  readonly selectAll: () => void
  readonly clear: () => void
}

const key: InjectionKey<WallSelection> = Symbol('WallSelection')

/**
 * Makes the selection of a wall, for everything below this component.
 *
 * @param generations what is loaded, in the order of the wall
 * @param scope the selection is dropped when this changes, as when another wall is shown
 */
export function provideSelection(
  generations: MaybeRefOrGetter<readonly Generation[]>,
  scope: MaybeRefOrGetter<string>,
): WallSelection {
  const { announce } = useAnnouncer()
  const selection = shallowRef(emptySelection)
  const order = computed(() => toValue(generations).map(({ id }) => id))
  const ids = computed(() => new Set(selectedIds(selection.value, order.value)))
  const selected = computed(() => toValue(generations).filter(({ id }) => ids.value.has(id)))

  watch(
    () => toValue(scope),
    () => (selection.value = emptySelection),
  )
  watch(
    () => ids.value.size,
    (size, before) => {
      if (size > 0) announce(`${countInWords(size, 'picture')} selected.`)
      else if (before > 0) announce('Nothing is selected.')
    },
  )

  const wall: WallSelection = {
    selected,
    isSelected: (id) => ids.value.has(id),
    toggle: (id) => (selection.value = toggle(selection.value, id, order.value)),
    extendTo: (id) => (selection.value = extendTo(selection.value, id, order.value)),
    neighbour: (id, step) => order.value[order.value.indexOf(id) + step] ?? null,
    selectAll: () => (selection.value = selectAll(order.value)),
    clear: () => (selection.value = emptySelection),
  }
  provide(key, wall)
  return wall
}

/** The selection of the wall this component stands on; null where there is none. */
export function useSelection(): WallSelection | null {
  return inject(key, null)
}

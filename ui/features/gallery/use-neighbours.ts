import { until } from '@vueuse/core'
import { computed, toValue, watch, type ComputedRef, type MaybeRefOrGetter } from 'vue'
import { useGalleryView } from './gallery-view.ts'

interface Neighbours {
  readonly previous: ComputedRef<string | null>
  readonly next: ComputedRef<string | null>
  readonly place: ComputedRef<string | null>
  /** The same, after what is still on its way has come: whoever asks for it means to go there. */
  readonly reachPrevious: () => Promise<string | null>
  readonly reachNext: () => Promise<string | null>
}

/** The longest that whoever wants to go on waits for more pictures, in milliseconds. */
const patience = 5000

/** The pictures before and after one in the gallery, and where it stands. Loads more when an end comes near. */
export function useNeighbours(id: MaybeRefOrGetter<string>): Neighbours {
  const { pages } = useGalleryView()
  const { generations, hasNextPage, hasPreviousPage, isFetching, error } = pages
  const index = computed(() => generations.value.findIndex((one) => one.id === toValue(id)))
  const at = (position: number): string | null =>
    index.value < 0 ? null : (generations.value[position]?.id ?? null)

  watch(
    [index, isFetching],
    ([now, busy]) => {
      if (now < 0 || busy || error.value !== null) return
      if (now > generations.value.length - 5 && hasNextPage.value) void pages.fetchNextPage()
      else if (now < 5 && hasPreviousPage.value) void pages.fetchPreviousPage()
    },
    { immediate: true },
  )

  const previous = computed(() => at(index.value - 1))
  const next = computed(() => at(index.value + 1))
  const reach = async (
    neighbour: ComputedRef<string | null>,
    hasMore: MaybeRefOrGetter<boolean>,
  ): Promise<string | null> => {
    const mayCome = () => neighbour.value === null && index.value >= 0 && error.value === null
    if (mayCome() && toValue(hasMore))
      await until(() => mayCome() && (toValue(hasMore) || isFetching.value)).toBe(false, {
        timeout: patience,
      })
    return neighbour.value
  }

  const count = computed(() => `${generations.value.length}${hasNextPage.value ? '+' : ''}`)
  return {
    previous,
    next,
    reachPrevious: () => reach(previous, hasPreviousPage),
    reachNext: () => reach(next, hasNextPage),
    // Nobody counts what lies before the part that is loaded.
    place: computed(() =>
      index.value < 0 || hasPreviousPage.value ? null : `${index.value + 1} of ${count.value}`,
    ),
  }
}

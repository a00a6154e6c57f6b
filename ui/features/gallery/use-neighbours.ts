import { computed, toValue, watch, type ComputedRef, type MaybeRefOrGetter } from 'vue'
import { useGalleryView } from './gallery-view.ts'

/** The pictures before and after one in the gallery, and where it stands. Loads more when an end comes near. */
export function useNeighbours(id: MaybeRefOrGetter<string>): {
  previous: ComputedRef<string | null>
  next: ComputedRef<string | null>
  place: ComputedRef<string | null>
} {
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

  const count = computed(() => `${generations.value.length}${hasNextPage.value ? '+' : ''}`)
  return {
    previous: computed(() => at(index.value - 1)),
    next: computed(() => at(index.value + 1)),
    // Nobody counts what lies before the part that is loaded.
    place: computed(() =>
      index.value < 0 || hasPreviousPage.value ? null : `${index.value + 1} of ${count.value}`,
    ),
  }
}

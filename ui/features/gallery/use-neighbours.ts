import { computed, toValue, watch, type ComputedRef, type MaybeRefOrGetter } from 'vue'
import type { GalleryScope } from '../../api/gallery-scope.ts'
import { useGallery } from '../../api/generations.ts'

/** The pictures before and after one in the gallery, and where it stands. Loads more when the end comes near. */
export function useNeighbours(
  id: MaybeRefOrGetter<string>,
  which: MaybeRefOrGetter<GalleryScope>,
): {
  previous: ComputedRef<string | null>
  next: ComputedRef<string | null>
  place: ComputedRef<string | null>
} {
  const { generations, hasNextPage, isFetchingNextPage, fetchNextPage } = useGallery(which)
  const index = computed(() => generations.value.findIndex((one) => one.id === toValue(id)))
  const at = (position: number): string | null =>
    index.value < 0 ? null : (generations.value[position]?.id ?? null)

  watch(
    index,
    (now) => {
      const nearEnd = now >= 0 && now > generations.value.length - 5
      if (nearEnd && hasNextPage.value && !isFetchingNextPage.value) void fetchNextPage()
    },
    { immediate: true },
  )

  const count = computed(() => `${generations.value.length}${hasNextPage.value ? '+' : ''}`)
  return {
    previous: computed(() => at(index.value - 1)),
    next: computed(() => at(index.value + 1)),
    place: computed(() => (index.value < 0 ? null : `${index.value + 1} of ${count.value}`)),
  }
}

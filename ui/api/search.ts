import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { searchQueryLimit } from '../../contracts/capabilities/search.ts'
import { keys } from './keys.ts'
import { useSession } from './session.ts'
import { onlyFinished } from './wall-pages.ts'

const minute = 60_000
/** Tags and presets offered at once. */
const facetsShown = 12

/** The months with pictures, newest first. Counted again now and then: a few pictures more hardly change where months stand. */
export function useTimeline() {
  const { invoke } = useSession()
  const { data } = useQuery({
    queryKey: keys.timeline,
    queryFn: async () => (await invoke('get_timeline', {})).months,
    staleTime: minute,
    refetchInterval: minute,
  })
  return computed(() => data.value ?? [])
}

/** How many pictures a search finds, and their tags, presets and years. Counted again whenever it is looked at. */
export function useFacets(query: MaybeRefOrGetter<string>, enabled: MaybeRefOrGetter<boolean>) {
  const { invoke } = useSession()
  return useQuery({
    queryKey: computed(() => keys.facets(toValue(query))),
    queryFn: () => {
      const text = toValue(query)
      // All there is is counted at once from counters, which know of no states.
      return invoke('get_search_facets', {
        query: text,
        limit: facetsShown,
        ...(text !== '' && onlyFinished(text)),
      })
    },
    enabled: () => toValue(enabled) && toValue(query).length <= searchQueryLimit,
    placeholderData: keepPreviousData,
    staleTime: 5000,
    gcTime: minute,
  })
}

/** The most used tags that begin like this. */
export function useTagsLike(prefix: MaybeRefOrGetter<string>, enabled: MaybeRefOrGetter<boolean>) {
  const { invoke } = useSession()
  const { data } = useQuery({
    queryKey: computed(() => keys.tagsLike(toValue(prefix))),
    queryFn: async () => (await invoke('list_tags', { prefix: toValue(prefix), limit: 6 })).tags,
    enabled: () => toValue(enabled) && toValue(prefix).length <= 100,
    placeholderData: keepPreviousData,
    staleTime: 5000,
    gcTime: minute,
  })
  return computed(() => data.value ?? [])
}

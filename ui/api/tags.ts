import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { keys } from './keys.ts'
import { useSession } from './session.ts'

/** Tags that begin like something, by name or alias, most used first; the most used ones for an empty beginning. */
export function useTags(prefix: MaybeRefOrGetter<string>, limit: number) {
  const { invoke } = useSession()
  return useQuery({
    queryKey: computed(() => [...keys.tags(toValue(prefix)), limit]),
    queryFn: async () => (await invoke('list_tags', { prefix: toValue(prefix).slice(0, 100), limit })).tags,
    placeholderData: keepPreviousData,
  })
}

/** What is done with tags themselves, and not with pictures. */
export function useTagNames() {
  const { invoke } = useSession()
  const client = useQueryClient()
  const onSuccess = () => client.invalidateQueries({ queryKey: keys.allTags })
  return {
    rename: useMutation({
      mutationFn: (input: { tag: string; name: string }) => invoke('rename_tag', input),
      onSuccess,
    }),
    merge: useMutation({
      mutationFn: (input: { tags: string[]; into: string }) => invoke('merge_tags', input),
      onSuccess,
    }),
    saveAlias: useMutation({
      mutationFn: (input: { tag: string; alias: string }) => invoke('save_tag_alias', input),
      onSuccess,
    }),
    deleteAlias: useMutation({
      mutationFn: (alias: string) => invoke('delete_tag_alias', { alias }),
      onSuccess,
    }),
  }
}

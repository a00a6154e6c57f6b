import { useQuery } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { keys } from './keys.ts'
import { useSession } from './session.ts'

/** What a picture started from, and the newest of what started from it. */
export function useLineage(generation: MaybeRefOrGetter<string>) {
  const { invoke } = useSession()
  return useQuery({
    queryKey: computed(() => keys.lineage(toValue(generation))),
    queryFn: () => invoke('get_lineage', { generation: toValue(generation), limit: 24 }),
  })
}

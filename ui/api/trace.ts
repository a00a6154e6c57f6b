import { useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { keys } from './keys.ts'
import { useSession } from './session.ts'

/** How often a request that is not over is looked at again; milliseconds. */
const pollMs = 2000

/** What happened to a request; followed while it is not over. */
export function useTrace(requestId: Ref<string>) {
  const { invoke } = useSession()
  return useQuery({
    queryKey: computed(() => keys.trace(requestId.value)),
    queryFn: () => invoke('get_trace', { request: requestId.value }),
    staleTime: 0,
    refetchInterval: ({ state: { data } }) =>
      data?.outcome === 'running' || data?.outcome === 'waiting' ? pollMs : false,
  })
}

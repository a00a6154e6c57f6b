import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { keys } from './keys.ts'
import { useSession } from './session.ts'

/** What runs, what waits and how much memory is in use; asked again now and then, since memory changes without an event. */
export function useStatus() {
  const { invoke } = useSession()
  return useQuery({
    queryKey: keys.status,
    queryFn: () => invoke('get_system_status', {}),
    refetchInterval: 5000,
  })
}

const eventsPerPage = 60

/** What happened, newest first, growing at both ends; of one request alone, if one is named. */
export function useEvents(requestId: Ref<string | null>) {
  const { invoke } = useSession()
  const query = useInfiniteQuery({
    queryKey: computed(() => (requestId.value === null ? keys.events : keys.eventsOf(requestId.value))),
    initialPageParam: null as number | null,
    queryFn: async ({ pageParam }) => {
      const { events } = await invoke('list_events', {
        limit: eventsPerPage,
        ...(pageParam !== null && { before: pageParam }),
        ...(requestId.value !== null && { request_id: requestId.value }),
      })
      return events
    },
    getNextPageParam: (last) => (last.length < eventsPerPage ? undefined : last.at(-1)?.id),
  })
  return { ...query, events: computed(() => query.data.value?.pages.flat() ?? []) }
}

/** Starts a worker again. */
export function useRestartWorker() {
  const { invoke } = useSession()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (worker: 'image') => invoke('restart_worker', { worker }),
    onSuccess: (status) => client.setQueryData(keys.status, status),
  })
}

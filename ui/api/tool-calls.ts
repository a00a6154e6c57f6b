import { useInfiniteQuery, useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import type { ToolCallOutcome } from '../../contracts/entities/tool-call.ts'
import { keys } from './keys.ts'
import { useSession } from './session.ts'

/** Which calls to show; null shows all. */
export interface ToolCallFilter {
  readonly client: string | null
  readonly outcome: ToolCallOutcome | null
}

const callsPerPage = 30

/** What agents did, newest first. New calls come in by an event. */
export function useToolCalls(filter: Ref<ToolCallFilter>) {
  const { invoke } = useSession()
  const query = useInfiniteQuery({
    queryKey: computed(() => keys.toolCallsOf(filter.value.client, filter.value.outcome)),
    initialPageParam: null as number | null,
    queryFn: ({ pageParam }) => {
      const { client, outcome } = filter.value
      return invoke('list_tool_calls', {
        limit: callsPerPage,
        ...(client !== null && { client }),
        ...(outcome !== null && { outcome }),
        ...(pageParam !== null && { cursor: pageParam }),
      })
    },
    getNextPageParam: (last) => last.next_cursor,
    // Another filter must not make the card jump while its answer is on the way.
    placeholderData: (before) => before,
  })
  return {
    ...query,
    calls: computed(() => query.data.value?.pages.flatMap(({ calls }) => calls) ?? []),
    clients: computed(() => query.data.value?.pages[0]?.clients ?? []),
  }
}

/** What to paste where so that a program finds this installation. It does not change while the server runs. */
export function useAgentConfigurations() {
  const { invoke } = useSession()
  return useQuery({
    queryKey: keys.agentConfigurations,
    queryFn: async () => (await invoke('get_agent_configurations', {})).configurations,
  })
}

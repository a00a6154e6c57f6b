import { useMutation, useQuery } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import type { CapabilityInput } from '../../contracts/capabilities/index.ts'
import { keys } from './keys.ts'
import { useSession } from './session.ts'

/** What the pixels of a picture say. Asked afresh each time it is opened: there may be more pictures like it by then. */
export function useAnalysis(id: MaybeRefOrGetter<string>) {
  const { invoke } = useSession()
  return useQuery({
    queryKey: computed(() => keys.analysis(toValue(id))),
    queryFn: () => invoke('analyze_image', { generation: toValue(id) }),
    staleTime: 0,
  })
}

/** Asks what could be added to a prompt. */
export function useEnhance() {
  const { invoke } = useSession()
  return useMutation({
    mutationFn: (input: CapabilityInput<'enhance_prompt'>) => invoke('enhance_prompt', input),
  })
}

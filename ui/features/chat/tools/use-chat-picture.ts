import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { useIntersectionObserver } from '@vueuse/core'
import { computed, ref, type ComputedRef, type Ref } from 'vue'
import type { Generation } from '../../../../contracts/entities/generation.ts'
import { findListed } from '../../../api/find-listed.ts'
import { keys } from '../../../api/keys.ts'
import { useSession } from '../../../api/session.ts'

/**
 * A picture of the conversation as it is now. What the message kept of it is shown until it comes into view; then it is
 * asked for, since it may have been rated, finished or deleted meanwhile, and events keep it fresh.
 */
export function useChatPicture(
  id: () => string,
  kept: () => Generation | undefined,
  place: Readonly<Ref<HTMLElement | null>>,
): { generation: ComputedRef<Generation | undefined>; error: ComputedRef<unknown>; ask: () => unknown } {
  const { invoke } = useSession()
  const client = useQueryClient()
  const seen = ref(false)
  const { stop } = useIntersectionObserver(place, (entries) => {
    if (entries.every(({ isIntersecting }) => !isIntersecting)) return
    seen.value = true
    stop()
  })
  const { data, error, refetch } = useQuery({
    queryKey: computed(() => keys.generation(id())),
    placeholderData: () => findListed(client, id()) ?? kept(),
    queryFn: () => invoke('get_generation', { generation: id() }),
    enabled: seen,
  })
  return {
    generation: computed(() => data.value ?? kept()),
    error: computed(() => error.value),
    ask: () => refetch(),
  }
}

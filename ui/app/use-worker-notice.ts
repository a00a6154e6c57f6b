import { useToast } from '@nuxt/ui/composables'
import { useQuery } from '@tanstack/vue-query'
import { watch } from 'vue'
import { useRouter } from 'vue-router'
import type { StoredEvent } from '../../contracts/events.ts'
import { keys } from '../api/keys.ts'

/** One notice about workers at a time: that one has recovered takes the place of that it failed. */
const noticeId = 'worker'

/** Tells at once when a worker stops unexpectedly, what is being done about it, and when it has recovered. */
export function useWorkerNotice(): void {
  const toast = useToast()
  const router = useRouter()
  // Nothing is asked for: the stream of events fills it.
  const { data } = useQuery<StoredEvent | null>({
    queryKey: keys.workerNews,
    queryFn: () => null,
    enabled: false,
    initialData: null,
  })

  watch(data, (news) => {
    if (news?.event.type !== 'worker-changed') return
    const { state, recovered } = news.event
    const shown = looks(state, recovered)
    if (shown === null) return
    const to = state === 'failed' ? '/system' : news.request_id && `/system/requests/${news.request_id}`
    toast.add({
      id: noticeId,
      title: news.message,
      ...shown,
      actions: to
        ? [
            {
              label: state === 'failed' ? 'See why' : 'What happened',
              color: 'neutral',
              variant: 'outline',
              onClick: () => void router.push(to),
            },
          ]
        : [],
    })
  })
}

/** How a notice looks, and for how many milliseconds; null where it is not worth one. */
function looks(state: string, recovered: boolean) {
  if (state === 'restarting')
    return { color: 'warning', icon: 'i-lucide-rotate-cw', duration: 30_000 } as const
  if (state === 'failed') return { color: 'error', icon: 'i-lucide-circle-alert', duration: 0 } as const
  return recovered ? ({ color: 'success', icon: 'i-lucide-circle-check', duration: 8000 } as const) : null
}

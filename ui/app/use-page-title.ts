import { useTitle } from '@vueuse/core'
import { computed } from 'vue'
import { useRoute } from 'vue-router'
import { percentDone } from '../components/words.ts'
import { useQueue } from './use-queue.ts'

/** Names the page in the browser's tab, with how far the current picture is. */
export function usePageTitle(): void {
  const route = useRoute()
  const { running } = useQueue()
  useTitle(
    computed(() => {
      const percent = percentDone(running.value?.progress ?? null)
      const name = `${route.meta.title ?? ''} · MystiCanvas`
      return percent === null ? name : `${percent}% · ${name}`
    }),
  )
}

import { useToast } from '@nuxt/ui/composables'
import { useClipboard } from '@vueuse/core'
import { useRouter } from 'vue-router'
import { describeFailure } from '../api/failure.ts'

/** Shows what went wrong with something a person did, where no place on the page is meant for it. */
export function useFailureToast(): (title: string, thrown: unknown) => void {
  const toast = useToast()
  const router = useRouter()
  const { copy } = useClipboard({ legacy: true })
  return (title, thrown) => {
    const { what, advice, requestId } = describeFailure(thrown)
    const copyId = {
      label: 'Copy the request id',
      color: 'neutral' as const,
      variant: 'outline' as const,
      onClick: () => void copy(requestId ?? ''),
    }
    const tell = {
      label: 'What happened',
      color: 'neutral' as const,
      variant: 'outline' as const,
      onClick: () => void router.push(`/system/requests/${requestId ?? ''}`),
    }
    toast.add({
      title,
      description: `${what} ${advice}`,
      color: 'error',
      icon: 'i-lucide-circle-alert',
      duration: 15_000,
      actions: requestId === null ? [] : [tell, copyId],
    })
  }
}

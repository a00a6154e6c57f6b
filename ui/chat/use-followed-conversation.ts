import { watch } from 'vue'
import { useConversation } from '../api/conversations.ts'
import { useChatStore } from './chat-store.ts'

/**
 * Keeps the conversation in step with the server: after a reload, when the connection is back, and where another tab
 * goes on with it. An answer that is being made there is listened to here.
 */
export function useFollowedConversation() {
  const { conversation, isBusy, error: unanswered, follow } = useChatStore()
  const { data, error, isPending, refetch } = useConversation(conversation)

  watch(data, (known) => known !== undefined && follow(known), { immediate: true })
  // What was known before an answer is old once it has ended.
  watch(isBusy, async (busy) => {
    if (busy || unanswered.value !== null) return
    const asked = conversation.value
    const { data: known } = await refetch()
    if (known !== undefined && asked === conversation.value) follow(known)
  })

  return { error, isPending, refetch }
}

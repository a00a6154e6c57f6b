import { watch } from 'vue'
import { useAnnouncer } from '../../app/announcer.ts'
import { awaitsApproval, textOf } from '../../chat/chat-message.ts'
import { useChatStore } from '../../chat/chat-store.ts'

/** Tells people who listen to the page that the assistant works, and its whole answer once it has ended. */
export function useAnswerWords(): void {
  const { isBusy, messages } = useChatStore()
  const { announce } = useAnnouncer()

  watch(isBusy, (busy) => {
    if (busy) return announce('The assistant is answering.')
    const last = messages.value.at(-1)
    if (last?.role !== 'assistant') return
    announce(
      awaitsApproval(last)
        ? 'The assistant asks for your permission.'
        : textOf(last) || 'The assistant has ended.',
    )
  })
}

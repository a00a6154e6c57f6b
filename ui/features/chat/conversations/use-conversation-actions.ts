import type { Conversation } from '../../../../contracts/entities/conversation.ts'
import { useUndo } from '../../../app/use-undo.ts'
import { useChangeConversation } from '../../../api/conversations.ts'
import { useSession } from '../../../api/session.ts'
import { useChatStore } from '../../../chat/chat-store.ts'
import { useFailureToast } from '../../../components/use-failure-toast.ts'
import { saveText } from '../../../components/save-text.ts'

/** What can be done with a conversation of the list. */
export function useConversationActions() {
  const { invoke } = useSession()
  const { offer } = useUndo()
  const { conversation, startNew } = useChatStore()
  const showFailure = useFailureToast()
  const deleting = useChangeConversation('delete_conversation')
  const restoring = useChangeConversation('restore_conversation')

  /** Takes it away and offers the way back. Where it was the one that is shown, a new one begins. */
  async function remove({ id, title }: Conversation): Promise<void> {
    try {
      await deleting.mutateAsync(id)
    } catch (error) {
      return showFailure('The conversation was not deleted.', error)
    }
    offer({
      title: 'The conversation was deleted',
      description: title,
      icon: 'i-lucide-trash-2',
      takeBack: () => restoring.mutateAsync(id),
    })
    if (id === conversation.value) startNew()
  }

  /** Saves it as a file. */
  async function save({ id }: Conversation, format: 'markdown' | 'json'): Promise<void> {
    try {
      const { filename, text } = await invoke('export_conversation', { conversation: id, format })
      saveText(text, filename, format === 'json' ? 'application/json' : 'text/markdown')
    } catch (error) {
      showFailure('The conversation was not exported.', error)
    }
  }

  return { remove, save }
}

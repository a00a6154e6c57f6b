import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { ProductError } from '../../contracts/errors.ts'
import { keys } from './keys.ts'
import { useSession } from './session.ts'

const perPage = 50

/** The conversations with these words in them, or all; the one spoken in last first. */
export function useConversations(query: Ref<string>) {
  const { invoke } = useSession()
  const found = useInfiniteQuery({
    queryKey: computed(() => keys.conversationsLike(query.value.trim())),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      invoke('list_conversations', {
        limit: perPage,
        ...(query.value.trim() !== '' && { query: query.value.trim() }),
        ...(pageParam !== null && { cursor: pageParam }),
      }),
    getNextPageParam: (last) => last.next_cursor,
    placeholderData: (before) => before,
  })
  return {
    ...found,
    conversations: computed(() => found.data.value?.pages.flatMap((page) => page.conversations) ?? []),
  }
}

/** A conversation with its messages; null where nothing was said in it yet. */
export function useConversation(id: Ref<string>) {
  const { invoke } = useSession()
  return useQuery({
    queryKey: computed(() => keys.conversation(id.value)),
    queryFn: () =>
      invoke('get_conversation', { conversation: id.value }).catch((error: unknown) => {
        if (error instanceof ProductError && error.code === 'conversation_not_found') return null
        throw error
      }),
  })
}

/** Gives a conversation another title. */
export function useRenameConversation() {
  const { invoke } = useSession()
  return useFollowed((input: { conversation: string; title: string }) => invoke('rename_conversation', input))
}

/** Takes a conversation away, or brings it back. */
export function useChangeConversation(name: 'delete_conversation' | 'restore_conversation') {
  const { invoke } = useSession()
  return useFollowed((conversation: string) => invoke(name, { conversation }))
}

function useFollowed<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn,
    onSuccess: () => client.invalidateQueries({ queryKey: keys.conversations }),
  })
}

import { useChat, type UseChatHelpers, type UseChatOptions } from '@ai-sdk/vue'
import { useLocalStorage } from '@vueuse/core'
import { lastAssistantMessageIsCompleteWithApprovalResponses, type FileUIPart } from 'ai'
import { computed, ref, shallowRef, type ComputedRef, type Plugin, type Ref } from 'vue'
import { createContext } from '../api/context.ts'
import { createChatDraft, type ChatDraft } from './chat-draft.ts'
import { fromStored, hasAnsweredApproval, type ChatMessage } from './chat-message.ts'
import { createChatTransport, stopTurn } from './chat-transport.ts'
import { keepUnchanged } from './keep-unchanged.ts'
import { numberPictures } from './picture-numbers.ts'

/** A conversation as the server has it. */
export interface KnownConversation {
  readonly messages: Parameters<typeof fromStored>[0]
  readonly running: boolean
}

/** The one conversation of this page, which home and drawer both show. */
export interface ChatStore {
  readonly conversation: Readonly<Ref<string>>
  readonly messages: Readonly<Ref<readonly ChatMessage[]>>
  /** What kept the last message from being answered; null where nothing did. */
  readonly error: ComputedRef<unknown>
  /** True from the moment something was sent until its answer has ended. */
  readonly isBusy: ComputedRef<boolean>
  /** True while nothing of the answer has come yet. */
  readonly isWaiting: ComputedRef<boolean>
  readonly isStopping: Readonly<Ref<boolean>>
  /** What is being written, kept over reloads. */
  readonly text: Ref<string>
  /** The numbers of the pictures, by their ids. */
  readonly numbers: ComputedRef<ReadonlyMap<string, number>>
  readonly draft: ChatDraft
  readonly say: (text: string, files?: readonly FileUIPart[]) => void
  readonly edit: (message: ChatMessage, text: string) => void
  /** Has an answer made anew, or sends again what did not arrive. */
  readonly retry: (message?: ChatMessage) => void
  readonly answer: (approval: string, approved: boolean) => void
  /** @throws ProductError or ConnectionFailure where the turn could not be ended */
  readonly stop: () => Promise<void>
  readonly open: (conversation: string) => void
  readonly startNew: () => void
  /** Takes over what the server has, and listens to the answer it is at. */
  readonly follow: (known: KnownConversation | null) => void
}

const context = createContext<ChatStore>('ChatStore')

/** Between two drawings of an answer that is coming in, in milliseconds. */
const throttle = 50

/** Begins where this browser was last. */
export function createChatStore(): ChatStore {
  const conversation = useLocalStorage<string>('mysticanvas-conversation', crypto.randomUUID())
  const text = useLocalStorage('mysticanvas-chat-text', '')
  const isStopping = ref(false)
  const goesOn = (): boolean => hasAnsweredApproval(chat.messages.value.at(-1))
  const settings = shallowRef(settingsOf(conversation.value, goesOn))
  const chat: UseChatHelpers<ChatMessage> = useChat<ChatMessage>(settings)
  const isBusy = computed(() => chat.status.value === 'submitted' || chat.status.value === 'streaming')

  function open(id: string): void {
    // The answer goes on at the server; only this page stops listening to it.
    void chat.stop()
    conversation.value = id
    settings.value = settingsOf(id, goesOn)
  }

  function say(words: string, files: readonly FileUIPart[] = []): void {
    void chat.sendMessage({ text: words, files: [...files] })
  }

  function edit(message: ChatMessage, words: string): void {
    const files = message.parts.filter((part) => part.type === 'file')
    void chat.sendMessage({ messageId: message.id, text: words, files })
  }

  function retry(message = chat.messages.value.at(-1)): void {
    if (message === undefined) return
    if (message.role === 'assistant') void chat.regenerate({ messageId: message.id })
    else void chat.sendMessage({ messageId: message.id, parts: message.parts })
  }

  async function stop(): Promise<void> {
    isStopping.value = true
    try {
      await stopTurn(conversation.value)
    } finally {
      isStopping.value = false
    }
  }

  function follow(known: KnownConversation | null): void {
    if (known === null || isBusy.value) return
    const messages = keepUnchanged(chat.messages.value, fromStored(known.messages))
    const last = chat.messages.value.at(-1)
    const isUnsent =
      chat.error.value !== undefined && last?.role === 'user' && messages.every(({ id }) => id !== last.id)
    // What did not arrive stays, so that it can be sent again.
    chat.messages.value = isUnsent ? [...messages, last] : messages
    if (!isUnsent) chat.clearError()
    if (known.running) void chat.resumeStream()
  }

  return {
    conversation,
    messages: chat.messages,
    error: computed(() => chat.error.value ?? null),
    isBusy,
    isWaiting: computed(() => chat.status.value === 'submitted'),
    isStopping,
    text,
    numbers: computed(() => numberPictures(chat.messages.value)),
    draft: createChatDraft(chat.messages),
    say,
    edit,
    retry,
    answer: (id, approved) => void chat.addToolApprovalResponse({ id, approved }),
    stop,
    open,
    startNew: () => open(crypto.randomUUID()),
    follow,
  }
}

function settingsOf(id: string, goesOn: () => boolean): UseChatOptions<ChatMessage> {
  return {
    id,
    throttle,
    transport: createChatTransport(goesOn),
    generateId: () => crypto.randomUUID(),
    sendAutomaticallyWhen: lastAssistantMessageIsCompleteWithApprovalResponses,
  }
}

export const chatPlugin = (): Plugin => context.plugin(createChatStore())
export const useChatStore = context.use

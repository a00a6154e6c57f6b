import type { ChatRequest } from '../contracts/chat.ts'
import type { Assistant } from './assistant.ts'
import type { AssistantParts } from './parts.ts'

/** The assistant as the product holds it. */
export interface AssistantOnDemand extends Omit<Assistant, 'chat'> {
  readonly chat: (request: ChatRequest) => Promise<ReadableStream<string>>
}

/** The assistant, whose libraries are loaded with the first message: who does not chat pays neither their time nor their memory. */
export function createAssistantOnDemand(parts: AssistantParts): AssistantOnDemand {
  let loading: Promise<Assistant> | null = null
  let loaded: Assistant | null = null
  return {
    async chat(request) {
      loading ??= import('./assistant.ts').then(({ createAssistant }) => (loaded = createAssistant(parts)))
      return (await loading).chat(request)
    },
    stream: (conversation) => loaded?.stream(conversation) ?? null,
    stop: (conversation) => loaded?.stop(conversation) ?? Promise.resolve(false),
    close: async () => (await loading)?.close(),
  }
}

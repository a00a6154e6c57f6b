import type { WritableDatabase } from '../../storage/connection.ts'
import type { EventBus } from '../event-bus.ts'
import type { PromptLibrary } from '../prompts/prompt-library.ts'
import { createAssistantPrompts } from './assistant-prompts.ts'
import { ConversationService } from './conversation-service.ts'
import { Transcript } from './transcript.ts'

/** Conversations as people use them, as the assistant does, and what it is told. */
export function createConversations(parts: {
  readonly database: WritableDatabase
  readonly events: EventBus
  readonly prompts: PromptLibrary
}) {
  return {
    service: new ConversationService(parts),
    transcript: new Transcript(parts),
    prompts: createAssistantPrompts(parts.prompts),
  }
}

import {
  chatMessageSchema,
  type ChatMessage,
  type Conversation,
} from '../../../contracts/entities/conversation.ts'
import type { ConversationRow } from '../../storage/conversations.ts'
import type { MessageRow } from '../../storage/messages.ts'

/** A conversation as it is shown. */
export function toConversation(row: ConversationRow): Conversation {
  return {
    id: row.id,
    title: row.title,
    created_at: new Date(row.created_at).toISOString(),
    updated_at: new Date(row.updated_at).toISOString(),
    message_count: row.message_count,
    running: row.running === 1,
  }
}

/** A message as it is stored. */
export function toMessage({ id, role, parts, metadata }: MessageRow): ChatMessage {
  return chatMessageSchema.parse({ id, role, parts: JSON.parse(parts), metadata: JSON.parse(metadata) })
}

/** A message as it is shown: of one that is worked on what was settled before, for the stream tells the rest. */
export function toShownMessage(row: MessageRow): ChatMessage {
  const message = toMessage(row)
  return row.state === 'ended' ? message : { ...message, parts: message.parts.slice(0, row.settled_parts) }
}

/** The columns of a message that follow from what it says. */
export function toColumns({ parts, metadata }: ChatMessage): Pick<MessageRow, 'parts' | 'metadata' | 'text'> {
  return { parts: JSON.stringify(parts), metadata: JSON.stringify(metadata), text: textOf({ parts }) }
}

/** What was said in words. */
export function textOf({ parts }: Pick<ChatMessage, 'parts'>): string {
  return parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n')
}

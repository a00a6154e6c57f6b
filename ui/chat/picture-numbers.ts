import { picturesOf } from '../../contracts/chat-pictures.ts'
import type { ChatMessage as StoredMessage } from '../../contracts/entities/conversation.ts'
import type { ChatMessage } from './chat-message.ts'

/** The number of every picture of a conversation, by its id: its place in the order of appearance, from 1. */
export function numberPictures(messages: readonly ChatMessage[]): ReadonlyMap<string, number> {
  const pictures = picturesOf(messages as unknown as readonly StoredMessage[])
  return new Map(pictures.map((id, index) => [id, index + 1]))
}

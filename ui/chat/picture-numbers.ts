import { picturesInTheMaking, resultOf, toolParts, type ChatMessage } from './chat-message.ts'

/**
 * The number of every picture of a conversation, in the order of appearance from 1: what was made, and what was found.
 * The assistant counts the same way, so that "number 2" is the same picture for both.
 */
export function numberPictures(messages: readonly ChatMessage[]): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>()
  for (const message of messages)
    for (const part of toolParts(message)) {
      const made = resultOf(part, 'generate')?.generations.map(({ id }) => id)
      const found = resultOf(part, 'search_history')?.generations.map(({ id }) => id)
      const pictures = made ?? found ?? picturesInTheMaking(message, part.toolCallId)
      for (const id of pictures) if (!numbers.has(id)) numbers.set(id, numbers.size + 1)
    }
  return numbers
}

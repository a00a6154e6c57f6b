import type { ChatMessage } from './chat-message.ts'

/** The messages that are there now, each one the same object as before where nothing about it changed: it is not drawn again. */
export function keepUnchanged(before: readonly ChatMessage[], now: readonly ChatMessage[]): ChatMessage[] {
  const known = new Map(before.map((message) => [message.id, message]))
  return now.map((message) => {
    const old = known.get(message.id)
    return old !== undefined && JSON.stringify(old) === JSON.stringify(message) ? old : message
  })
}

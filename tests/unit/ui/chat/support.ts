import type { ChatMessage, ToolPart } from '../../../../ui/chat/chat-message.ts'

let count = 0

/** Something a person said. */
export function said(text: string): ChatMessage {
  return { id: `user-${(count += 1)}`, role: 'user', metadata: {}, parts: [{ type: 'text', text }] }
}

/** An answer of these parts. */
export function answered(...parts: ChatMessage['parts']): ChatMessage {
  return { id: `assistant-${(count += 1)}`, role: 'assistant', metadata: { finish: 'done' }, parts }
}

/** A call that ended well. */
export function called(toolName: string, input: unknown, result: unknown): ToolPart {
  return {
    type: 'dynamic-tool',
    toolName,
    toolCallId: `call-${(count += 1)}`,
    state: 'output-available',
    input,
    output: { ok: true, result },
  }
}

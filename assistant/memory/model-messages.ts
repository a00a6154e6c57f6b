import { convertToModelMessages, type ModelMessage, type ToolSet, type UIMessage } from 'ai'
import type { ChatMessage, MessagePart } from '../../contracts/entities/conversation.ts'

/** Messages as a language model reads them: words, calls and results. A model that cannot see is told of pictures in words. */
export function toModelMessages(messages: readonly ChatMessage[], tools: ToolSet): Promise<ModelMessage[]> {
  const readable = messages.map((message) => ({ ...message, parts: message.parts.flatMap(readablePart) }))
  const said = readable.filter(({ parts }) => parts.some(({ type }) => type !== 'step-start'))
  return convertToModelMessages(said as UIMessage[], { tools, ignoreIncompleteToolCalls: true })
}

function readablePart(part: MessagePart): MessagePart[] {
  if (part.type === 'file')
    return [
      { type: 'text', text: '[The person attached a picture. Its name for tools is init_image "attached".]' },
    ]
  // What it thought to itself, and what is for the person alone.
  if (part.type === 'reasoning' || part.type.startsWith('data-')) return []
  return [part]
}

import { toolOutputSchema, type ChatMessage, type MessagePart } from './entities/conversation.ts'

/**
 * The pictures of a conversation in the order in which they appeared: those that were made in it and those that a search
 * found. A picture's number, by which people and models call it, is its place here, beginning with 1.
 *
 * @returns their ids, each once
 */
export function picturesOf(messages: readonly Pick<ChatMessage, 'parts'>[]): string[] {
  return [...new Set(messages.flatMap(({ parts }) => parts.flatMap(picturesOfPart)))]
}

function picturesOfPart(part: MessagePart): readonly string[] {
  if (part.type === 'data-progress') return part.data.generations
  if (part.type !== 'dynamic-tool') return []
  const output = toolOutputSchema.safeParse(part.output)
  return output.success && output.data.ok ? picturesOfResult(output.data.result) : []
}

/** The ids of the pictures that the result of a tool tells of. */
export function picturesOfResult(result: unknown): readonly string[] {
  const { generations } = (result ?? {}) as { generations?: readonly { readonly id: string }[] }
  return Array.isArray(generations) ? generations.map(({ id }) => id) : []
}

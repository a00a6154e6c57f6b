import type { DynamicToolUIPart, UIMessage } from 'ai'
import type { CapabilityName, CapabilityOutput } from '../../contracts/capabilities/index.ts'
import {
  toolOutputSchema,
  type ChatData,
  type ChatMessage as StoredMessage,
  type MessageMetadata,
} from '../../contracts/entities/conversation.ts'
import type { ErrorBody } from '../../contracts/errors.ts'

/** A message on the page. One that is on its way to the server has no metadata yet. */
export type ChatMessage = UIMessage<Partial<MessageMetadata>, ChatData>
export type ToolPart = DynamicToolUIPart
export type Notice = ChatData['notice']
export type Suggestion = ChatData['suggestions']['suggestions'][number]

/** Messages as the server keeps them. Both sides follow the AI SDK's shapes, which the contracts describe loosely. */
export const fromStored = (messages: readonly StoredMessage[]): ChatMessage[] =>
  messages as unknown as ChatMessage[]

/** The words of a message. */
export function textOf({ parts }: Pick<ChatMessage, 'parts'>): string {
  return parts
    .flatMap((part) => (part.type === 'text' ? [part.text] : []))
    .join('\n\n')
    .trim()
}

/** The tool calls of a message. */
export function toolParts({ parts }: Pick<ChatMessage, 'parts'>): ToolPart[] {
  return parts.filter((part) => part.type === 'dynamic-tool')
}

/** What a tool gave; undefined until it has, and where it failed. */
export function resultOf<Name extends CapabilityName>(
  part: ToolPart,
  name: Name,
): CapabilityOutput<Name> | undefined {
  if (part.toolName !== name || part.state !== 'output-available') return undefined
  const output = toolOutputSchema.safeParse(part.output).data
  // The server has checked it against the capability's own schema.
  return output?.ok === true ? (output.result as CapabilityOutput<Name>) : undefined
}

/** Why a tool failed, the way the product words failures; undefined where it did not. */
export function failureOf(part: ToolPart): ErrorBody | undefined {
  if (part.state === 'output-error')
    return { code: 'internal_error', message: part.errorText, details: {}, request_id: null }
  if (part.state !== 'output-available') return undefined
  const parsed = toolOutputSchema.safeParse(part.output)
  if (!parsed.success) return { code: 'internal_error', message: '', details: {}, request_id: null }
  return parsed.data.ok ? undefined : parsed.data.error
}

/** True where a person has said yes or no to a call of this message. */
export function hasAnsweredApproval(message: ChatMessage | undefined): boolean {
  return message !== undefined && toolParts(message).some((part) => part.approval?.approved !== undefined)
}

/** True where a call waits for a person's yes or no. */
export function awaitsApproval(message: ChatMessage): boolean {
  return toolParts(message).some(({ state }) => state === 'approval-requested')
}

/** The pictures a call is making, as far as it has told which. */
export function picturesInTheMaking({ parts }: Pick<ChatMessage, 'parts'>, call: string): readonly string[] {
  for (const part of parts.toReversed())
    if (part.type === 'data-progress' && part.data.tool_call_id === call) return part.data.generations
  return []
}

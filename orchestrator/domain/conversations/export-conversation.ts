import type { CapabilityOutput } from '../../../contracts/capabilities/index.ts'
import {
  toolOutputSchema,
  type ChatMessage,
  type MessagePart,
} from '../../../contracts/entities/conversation.ts'

type Exported = CapabilityOutput<'get_conversation'>

/** A conversation as a file. */
export function exportAs(
  conversation: Exported,
  format: 'markdown' | 'json',
): CapabilityOutput<'export_conversation'> {
  const name = fileName(conversation.title)
  if (format === 'json') {
    const { running: _, ...rest } = conversation
    return { filename: `${name}.json`, text: `${JSON.stringify(rest, null, 2)}\n` }
  }
  const head = `# ${oneLine(conversation.title)}\n\n${conversation.created_at}\n`
  return { filename: `${name}.md`, text: [head, ...conversation.messages.map(toMarkdown)].join('\n') }
}

function toMarkdown({ role, metadata, parts }: ChatMessage): string {
  const who = role === 'user' ? 'You' : 'Assistant'
  const finish = metadata.finish === undefined || metadata.finish === 'done' ? '' : ` (${metadata.finish})`
  const said = parts.map(partToMarkdown).filter((text) => text !== '')
  return [`## ${who}, ${metadata.created_at}${finish}\n`, ...said].join('\n')
}

function partToMarkdown(part: MessagePart): string {
  switch (part.type) {
    case 'text':
      // As a quotation, so that nothing said can pass for a heading of this file.
      return `${part.text.replaceAll(/^/gm, '> ')}\n`
    case 'file':
      return `- picture: \`${part.url}\`\n`
    case 'dynamic-tool':
      return `- ${part.toolName} \`${JSON.stringify(part.input ?? {})}\`: ${outcomeOf(part)}\n`
    case 'data-notice':
      return `- ${part.data.message}\n`
    default:
      return ''
  }
}

function outcomeOf({ output, errorText }: Extract<MessagePart, { type: 'dynamic-tool' }>): string {
  const read = toolOutputSchema.safeParse(output)
  if (!read.success) return errorText ?? 'no result'
  if (!read.data.ok) return `${read.data.error.code}: ${read.data.error.message}`
  const { generations } = read.data.result as { generations?: readonly { readonly id: string }[] }
  return generations === undefined
    ? 'done'
    : `pictures ${generations.map(({ id }) => id).join(', ') || 'none'}`
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

/** A name every system takes. */
function fileName(title: string): string {
  const plain = title
    .normalize('NFKD')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60)
  return plain === '' ? 'conversation' : plain.toLowerCase()
}

import type { ChatRequest } from '../contracts/chat.ts'
import { longestMessage } from '../contracts/chat.ts'
import { chatMessageSchema, type ChatMessage, type MessagePart } from '../contracts/entities/conversation.ts'
import { ProductError } from '../contracts/errors.ts'

/** What a request makes of a conversation. */
export interface Beginning {
  /** What stays of what was said before, oldest first. */
  readonly kept: readonly ChatMessage[]
  /** The first message that makes way, with all that followed it; null where none does. */
  readonly supersededFrom: string | null
  /** What the person says now; null where an earlier message is answered anew or an answer goes on. */
  readonly said: ChatMessage | null
  /** The answer that goes on, with what the person decided in it; null where a new one begins. */
  readonly goesOn: ChatMessage | null
}

/** Addresses of our own pictures, the only ones a message may hold. */
const ownPicture =
  /^\/api\/(?:uploads\/[0-9a-f]{64}|pictures\/[1-9]\d{0,15}\/(?:original|preview|thumbnail))$/

/**
 * What a request means in a conversation, from what was said in it.
 *
 * @throws ProductError `message_not_found` or `invalid_input`
 */
export function beginTurn(
  history: readonly ChatMessage[],
  request: ChatRequest,
  metadata: ChatMessage['metadata'],
): Beginning {
  if (request.trigger === 'regenerate-message') return regenerate(history, request.message_id ?? null)
  const { message } = request
  if (message === undefined) throw invalid('message', 'Say something.')
  if (message.role === 'assistant') return decide(history, message)
  const said = { ...readSaid(message), metadata }
  const at = history.findIndex(({ id }) => id === message.id)
  if (at === -1) return { kept: history, supersededFrom: null, said, goesOn: null }
  if (history[at]?.role !== 'user') throw invalid('message.id', 'This id is that of an answer.')
  return { kept: history.slice(0, at), supersededFrom: message.id, said, goesOn: null }
}

function regenerate(history: readonly ChatMessage[], messageId: string | null): Beginning {
  const at =
    messageId === null
      ? history.findLastIndex(({ role }) => role === 'user')
      : history.findIndex(({ id }) => id === messageId)
  const named = history[at]
  if (named === undefined) throw new ProductError('message_not_found')
  // An answer makes way itself; of what a person said, what followed it does.
  const from = named.role === 'user' ? at + 1 : at
  if (from === 0) throw new ProductError('message_not_found')
  const supersededFrom = history[from]?.id ?? null
  return { kept: history.slice(0, from), supersededFrom, said: null, goesOn: null }
}

/** Of an answer that a client sends back, what the person decided counts, and nothing else. */
function decide(history: readonly ChatMessage[], message: NonNullable<ChatRequest['message']>): Beginning {
  const last = history.at(-1)
  if (last?.id !== message.id || last.role !== 'assistant') throw new ProductError('message_not_found')
  let decisions = 0
  const parts = last.parts.map((part): MessagePart => {
    if (part.type !== 'dynamic-tool' || part.state !== 'approval-requested') return part
    const answered = message.parts.find(
      (other) => other.type === 'dynamic-tool' && other.toolCallId === part.toolCallId,
    )
    const approved = (answered?.['approval'] as { approved?: unknown } | undefined)?.approved
    if (typeof approved !== 'boolean') return part
    decisions += 1
    const asked = part['approval'] as object
    return { ...part, state: 'approval-responded', approval: { ...asked, approved } }
  })
  const open = parts.some((part) => part.type === 'dynamic-tool' && part.state === 'approval-requested')
  if (decisions === 0 || open)
    throw invalid('message', 'The answer to a question of the assistant is missing.')
  const { finish: _, error: __, ...metadata } = last.metadata
  return {
    kept: history.slice(0, -1),
    supersededFrom: null,
    said: null,
    goesOn: { ...last, parts, metadata },
  }
}

/**
 * Refuses what a person was asked and did not answer, for they said something else instead; null where nothing is open.
 */
export function refuseOpen(message: ChatMessage | undefined): ChatMessage | null {
  if (message?.role !== 'assistant') return null
  const isOpen = (part: MessagePart) => part.type === 'dynamic-tool' && part.state === 'approval-requested'
  if (!message.parts.some(isOpen)) return null
  const reason = 'The person said something else instead.'
  const parts = message.parts.map((part): MessagePart => {
    if (part.type !== 'dynamic-tool' || !isOpen(part)) return part
    const asked = part['approval'] as object
    return { ...part, state: 'output-denied', approval: { ...asked, approved: false, reason } }
  })
  return { ...message, parts }
}

/** A picture that was attached last, as tools name it. */
export function attachedPicture(messages: readonly ChatMessage[]): string | null {
  const files = messages
    .filter(({ role }) => role === 'user')
    .flatMap(({ parts }) => parts.flatMap((part) => (part.type === 'file' ? [part.url] : [])))
  return /^\/api\/uploads\/([0-9a-f]{64})$/.exec(files.at(-1) ?? '')?.[1] ?? null
}

function readSaid({ id, parts }: NonNullable<ChatRequest['message']>): Omit<ChatMessage, 'metadata'> {
  const kept = parts.map((part): MessagePart => {
    if (part.type === 'text') return { type: 'text', text: part.text }
    if (part.type !== 'file')
      throw invalid('message.parts', `A person cannot say a part of type ${part.type}.`)
    if (!ownPicture.test(part.url))
      throw invalid('message.parts', 'Upload a picture first, and give its address here.')
    const { mediaType, filename, url } = part
    return filename === undefined
      ? { type: 'file', mediaType, url }
      : { type: 'file', mediaType, filename, url }
  })
  const length = kept.reduce((sum, part) => sum + (part.type === 'text' ? part.text.length : 0), 0)
  if (length > longestMessage) throw invalid('message.parts', `At most ${longestMessage} characters at once.`)
  const hasWords = kept.some((part) => part.type === 'text' && part.text.trim() !== '')
  if (!hasWords && !kept.some(({ type }) => type === 'file')) throw invalid('message.parts', 'Say something.')
  return { id, role: 'user', parts: chatMessageSchema.shape.parts.parse(kept) }
}

function invalid(field: string, message: string): ProductError {
  return new ProductError('invalid_input', `${field}: ${message}`, {
    details: { fields: [{ field, message }] },
  })
}

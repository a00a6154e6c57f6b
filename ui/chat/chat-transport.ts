import { DefaultChatTransport, type ChatTransport } from 'ai'
import type { ChatRequest } from '../../contracts/chat.ts'
import { errorReplySchema, fromErrorBody } from '../../contracts/errors.ts'
import { ConnectionFailure } from '../api/failure.ts'
import type { ChatMessage } from './chat-message.ts'

/**
 * Sends messages to the assistant and reads its streams. The server has the history, so the newest message travels alone.
 *
 * @param goesOn true where the running turn goes on with an answer that was there before it, after a person's yes or no;
 *   every other stream that is listened to again tells its whole answer from the beginning
 */
export function createChatTransport(goesOn: () => boolean): ChatTransport<ChatMessage> {
  const transport = new DefaultChatTransport<ChatMessage>({
    api: '/api/chat',
    credentials: 'same-origin',
    fetch: fetchChat,
    prepareSendMessagesRequest: ({ id, messages, trigger, messageId }) => ({
      body: requestOf(id, messages, trigger, messageId),
    }),
  })
  return {
    sendMessages: (options) => transport.sendMessages(options),
    reconnectToStream: (options) => transport.reconnectToStream(options),
    get resumeStreamIsReplay() {
      return !goesOn()
    },
  }
}

/** Ends the turn that runs in a conversation, wherever it was begun; a picture in the making is cancelled with it. */
export async function stopTurn(conversation: string): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  await fetchChat(`/api/chat/${conversation}/stop`, {
    method: 'POST',
    credentials: 'same-origin',
    headers,
    body: '{}',
  })
}

/** What travels: what was said, or which answer to make anew. */
export function requestOf(
  id: string,
  messages: readonly ChatMessage[],
  trigger: 'submit-message' | 'regenerate-message',
  messageId: string | undefined,
): ChatRequest {
  if (trigger === 'regenerate-message')
    return { id, trigger, ...(messageId !== undefined && { message_id: messageId }) }
  const message = messages.find((one) => one.id === messageId) ?? messages.at(-1)
  return { id, trigger, message: message as NonNullable<ChatRequest['message']> }
}

/** Fetches with the failures of the product in place of status codes. */
async function fetchChat(address: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const reply = await fetch(address, init).catch((cause: unknown) => {
    if (init?.signal?.aborted === true) throw cause
    throw new ConnectionFailure('The server cannot be reached.', { cause })
  })
  if (reply.ok) return reply
  const parsed = errorReplySchema.safeParse(await reply.json().catch(() => null))
  if (parsed.success) throw fromErrorBody(parsed.data.error)
  throw new Error(`The server answered with status ${reply.status}.`)
}

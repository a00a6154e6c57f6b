import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import { chatRequestSchema, stopReplySchema, type ChatRequest } from '../../contracts/chat.ts'
import { conversationIdSchema } from '../../contracts/entities/conversation.ts'
import { ProductError } from '../../contracts/errors.ts'
import { checkInput } from '../domain/check-input.ts'

/** Talking to the assistant, which goes over streams and so is no capability. */
export interface Chat {
  /** Begins a turn and gives its stream. */
  chat(request: ChatRequest): Promise<ReadableStream<string>>
  /** The stream of a running turn; null where none runs. */
  stream(conversation: string): ReadableStream<string> | null
  /** Ends a running turn; false where none runs. */
  stop(conversation: string): Promise<boolean>
}

const parameters = z.object({ conversation: conversationIdSchema })

/** The largest request: a message is text, and pictures are uploaded before. 1 MiB. */
const bodyLimit = 1024 * 1024

/**
 * Publishes the way to the assistant, see contracts/chat.ts. A client that leaves ends its stream and not the turn.
 *
 * @param mayChange throws where nothing may be changed at present
 */
export function registerChat(app: FastifyInstance, assistant: Chat, mayChange: () => void): void {
  app.post('/api/chat', { bodyLimit }, async (request, reply) => {
    mayChange()
    return sendStream(reply, await assistant.chat(checkInput(chatRequestSchema, request.body)))
  })
  app.get('/api/chat/:conversation/stream', { exposeHeadRoute: false }, (request, reply) => {
    const stream = assistant.stream(conversationOf(request.params))
    return stream === null ? reply.code(204).send() : sendStream(reply, stream)
  })
  app.post('/api/chat/:conversation/stop', async (request) =>
    stopReplySchema.parse({ stopped: await assistant.stop(conversationOf(request.params)) }),
  )
}

function conversationOf(given: unknown): string {
  const checked = parameters.safeParse(given)
  if (!checked.success) throw new ProductError('conversation_not_found')
  return checked.data.conversation
}

function sendStream(reply: FastifyReply, stream: ReadableStream<string>): FastifyReply {
  return (
    reply
      .header('cache-control', 'no-store')
      // By this a client of the AI SDK knows what kind of stream it is.
      .header('x-vercel-ai-ui-message-stream', 'v1')
      .type('text/event-stream')
      .send(Readable.fromWeb(stream as Parameters<typeof Readable.fromWeb>[0]))
  )
}

import type { FastifyReply, FastifyRequest } from 'fastify'
import { describe } from '../../runtime/error-reply.ts'
import { parseBody } from '../../runtime/parse-body.ts'
import type { LanguageDesk } from '../language-desk.ts'
import { AnswerWriter } from './answer.ts'
import { chatRequestSchema, type ChatRequest } from './chat-request.ts'
import { openChunkStream, type ChunkStream } from './chunk-stream.ts'

/** `POST /v1/chat/completions`. A client that goes away ends the work on its answer. */
export async function replyToChat(
  request: FastifyRequest,
  reply: FastifyReply,
  desk: LanguageDesk,
): Promise<object | undefined> {
  const wanted = parseBody(chatRequestSchema, request.body)
  const gone = new AbortController()
  reply.raw.on('close', () => reply.raw.writableEnded || gone.abort())
  if (wanted.stream) return streamAnswer(request, reply, { wanted, desk, signal: gone.signal })
  const listener = { begin: () => undefined, text: () => undefined }
  const answer = await desk.answer(wanted, listener, gone.signal)
  return new AnswerWriter(wanted.model).completion(answer)
}

interface StreamedAnswer {
  readonly wanted: ChatRequest
  readonly desk: LanguageDesk
  readonly signal: AbortSignal
}

/** What cannot begin is refused with an error reply; what fails later ends the stream with the error as its last event. */
async function streamAnswer(
  request: FastifyRequest,
  reply: FastifyReply,
  { wanted, desk, signal }: StreamedAnswer,
): Promise<undefined> {
  const writer = new AnswerWriter(wanted.model)
  let stream: ChunkStream | null = null
  const listener = {
    begin(): void {
      stream = openChunkStream(request, reply)
      stream.send(writer.opening())
    },
    text: (delta: string) => stream?.send(writer.text(delta)),
  }
  try {
    const answer = await desk.answer(wanted, listener, signal)
    for (const chunk of writer.closing(answer, wanted.stream_options?.include_usage ?? false))
      opened(stream).send(chunk)
    opened(stream).end()
  } catch (error) {
    if (stream === null) throw error
    if (!signal.aborted) request.log.warn({ error: describe(error) }, 'an answer failed')
    opened(stream).fail(error)
  }
}

function opened(stream: ChunkStream | null): ChunkStream {
  if (stream === null) throw new Error('The answer came before it began.')
  return stream
}

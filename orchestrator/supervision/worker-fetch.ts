import { Readable } from 'node:stream'
import { errorTable, ProductError, toErrorBody } from '../../contracts/errors.ts'
import { openCall, type WorkerEndpoint } from './worker-connection.ts'

interface FetchOptions {
  readonly method: 'GET' | 'POST'
  readonly body: string | null
  readonly requestId: string
  readonly signal?: AbortSignal
}

/**
 * Calls a worker and gives its reply as `fetch` would, whatever its status: for libraries that bring their own ideas of
 * requests. A reply that breaks off becomes an error event where it is a stream of events.
 *
 * @throws ProductError `worker_unavailable` where it cannot be reached, or the signal's reason
 */
export async function fetchFromWorker(
  endpoint: WorkerEndpoint,
  path: string,
  options: FetchOptions,
): Promise<Response> {
  const reply = await openCall(endpoint, options.method, path, options).catch((error: unknown) => {
    options.signal?.throwIfAborted()
    throw error
  })
  const type = String(reply.headers['content-type'] ?? 'application/json')
  const body = type.startsWith('text/event-stream') ? tellBreak(reply, options) : reply
  return new Response(Readable.toWeb(Readable.from(body)) as ReadableStream, {
    status: reply.statusCode ?? 500,
    headers: { 'content-type': type, 'x-request-id': options.requestId },
  })
}

/** A failure in the one error shape, as a reply. */
export function replyWithError(error: unknown, requestId: string): Response {
  const body = toErrorBody(error, requestId)
  return Response.json({ error: body }, { status: errorTable[body.code].status })
}

async function* tellBreak(reply: AsyncIterable<unknown>, { signal, requestId }: FetchOptions) {
  try {
    for await (const chunk of reply) yield chunk
  } catch (cause) {
    signal?.throwIfAborted()
    const error = new ProductError('worker_unavailable', 'The worker stopped in the middle of its answer.', {
      cause,
    })
    yield Buffer.from(`data: ${JSON.stringify({ error: toErrorBody(error, requestId) })}\n\n`)
  }
}

import { request, type IncomingMessage } from 'node:http'
import { createParser } from 'eventsource-parser'
import { errorReplySchema, fromErrorBody, ProductError } from '../../contracts/errors.ts'
import type { WorkerReady } from '../../contracts/worker.ts'

/** How to reach one running worker. */
export interface WorkerEndpoint {
  readonly address: WorkerReady['address']
  readonly token: string
}

interface CallOptions {
  readonly body?: unknown
  readonly requestId: string
  readonly signal?: AbortSignal
}

/**
 * Calls a worker and gives its JSON reply, unchecked.
 *
 * @throws ProductError with the worker's own code, or `worker_unavailable` where it cannot be reached
 */
export async function callWorker(
  endpoint: WorkerEndpoint,
  method: 'GET' | 'POST',
  path: string,
  options: CallOptions,
): Promise<unknown> {
  const reply = await send(endpoint, method, path, options)
  return JSON.parse(await readText(reply))
}

/** Calls a worker and gives the data of each server-sent event of its reply, parsed and unchecked. */
export async function* streamFromWorker(
  endpoint: WorkerEndpoint,
  path: string,
  options: CallOptions,
): AsyncGenerator {
  const reply = await send(endpoint, 'POST', path, options)
  const arrived: unknown[] = []
  const parser = createParser({ onEvent: (event) => arrived.push(JSON.parse(event.data)) })
  reply.setEncoding('utf8')
  try {
    for await (const chunk of reply) {
      parser.feed(chunk as string)
      yield* arrived.splice(0)
    }
  } catch (cause) {
    throw unavailable(cause)
  }
}

async function send(
  endpoint: WorkerEndpoint,
  method: string,
  path: string,
  options: CallOptions,
): Promise<IncomingMessage> {
  const body = options.body === undefined ? null : JSON.stringify(options.body)
  const reply = await openCall(endpoint, method, path, { ...options, body })
  if ((reply.statusCode ?? 500) < 400) return reply
  const refusal = errorReplySchema.safeParse(JSON.parse(await readText(reply)))
  throw refusal.success ? fromErrorBody(refusal.data.error) : unavailable(undefined)
}

/**
 * Sends a request to a worker and waits for the head of its reply.
 *
 * @param options.body a text to send as JSON, or null to send nothing
 * @throws ProductError `worker_unavailable` where it cannot be reached
 */
export function openCall(
  endpoint: WorkerEndpoint,
  method: string,
  path: string,
  options: { readonly body: string | null; readonly requestId: string; readonly signal?: AbortSignal },
): Promise<IncomingMessage> {
  const { address } = endpoint
  const { body } = options
  return new Promise((resolve, reject) => {
    const call = request({
      ...(address.kind === 'tcp' ? { host: '127.0.0.1', port: address.port } : { socketPath: address.path }),
      method,
      path,
      // Each call has its own connection: a worker that was killed leaves no half-dead ones behind.
      agent: false,
      headers: {
        authorization: `Bearer ${endpoint.token}`,
        'x-request-id': options.requestId,
        ...(body === null
          ? {}
          : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
      },
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    })
    call.on('response', resolve)
    call.on('error', (cause) => reject(unavailable(cause)))
    call.end(body ?? undefined)
  })
}

async function readText(reply: IncomingMessage): Promise<string> {
  reply.setEncoding('utf8')
  let text = ''
  try {
    for await (const chunk of reply) text += chunk as string
  } catch (cause) {
    throw unavailable(cause)
  }
  return text
}

function unavailable(cause: unknown): ProductError {
  return new ProductError('worker_unavailable', undefined, { cause })
}

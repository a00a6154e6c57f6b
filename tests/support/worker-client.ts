import { request, type IncomingMessage } from 'node:http'
import { imageEventSchema, type ImageEvent, type WorkerReady } from '../../contracts/worker.ts'

/** What a worker answered. */
export interface Answer {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: unknown
}

/** A stream of events that is still coming. */
export interface EventReply {
  /** The events so far; grows until `ended` resolves. */
  readonly events: ImageEvent[]
  readonly ended: Promise<ImageEvent[]>
  /** Resolves with the first event, past or future, that fits; rejects where the stream ends without one. */
  first(fits: (event: ImageEvent) => boolean): Promise<ImageEvent>
  /** Goes away without waiting for the end. */
  leave(): void
}

/** Talks with a worker as the orchestrator does, over either kind of address. */
export class WorkerClient {
  readonly #target: { host: string; port: number } | { socketPath: string }
  readonly #token: string

  constructor(address: WorkerReady['address'], token: string) {
    this.#target =
      address.kind === 'tcp' ? { host: '127.0.0.1', port: address.port } : { socketPath: address.path }
    this.#token = token
  }

  /** @param headers replace those an honest client sends; an empty `authorization` sends none */
  async call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await this.#send(method, path, body, headers)
    const text = await readText(response)
    const { statusCode: status = 0 } = response
    return { status, headers: response.headers, body: text === '' ? null : JSON.parse(text) }
  }

  /** Opens a stream of events. Fails where the worker refuses, with its answer as the error's text. */
  async stream(path: string, body: unknown, requestId: string): Promise<EventReply> {
    const response = await this.#send('POST', path, body, { 'x-request-id': requestId })
    if (response.statusCode !== 200) throw new Error(await readText(response))
    return readEvents(response)
  }

  #send(
    method: string,
    path: string,
    body: unknown,
    extra: Record<string, string>,
  ): Promise<IncomingMessage> {
    const text = body === undefined ? undefined : JSON.stringify(body)
    const all = {
      authorization: `Bearer ${this.#token}`,
      ...(text ? { 'content-type': 'application/json' } : {}),
      ...extra,
    }
    const headers = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''))
    return new Promise((resolve, reject) => {
      request({ ...this.#target, method, path, headers, agent: false }, resolve)
        .on('error', reject)
        .end(text)
    })
  }
}

function readEvents(response: IncomingMessage): EventReply {
  const events: ImageEvent[] = []
  const waiting = new Set<() => void>()
  let pending = ''
  response.setEncoding('utf8')
  response.on('data', (chunk: string) => {
    const blocks = (pending + chunk).split('\n\n')
    pending = blocks.pop() ?? ''
    for (const block of blocks) {
      const data = /^data: (.*)$/m.exec(block)?.[1]
      if (data !== undefined) events.push(imageEventSchema.parse(JSON.parse(data)))
    }
    for (const wake of waiting) wake()
  })
  let over = false
  const ended = new Promise<ImageEvent[]>((resolve) => {
    response.on('close', () => {
      over = true
      for (const wake of waiting) wake()
      resolve(events)
    })
  })
  response.on('error', () => undefined)
  return { events, ended, first, leave: () => response.destroy() }

  async function first(fits: (event: ImageEvent) => boolean): Promise<ImageEvent> {
    for (;;) {
      const found = events.find(fits)
      if (found !== undefined) return found
      if (over) throw new Error(`The stream ended without it: ${JSON.stringify(events).slice(0, 500)}`)
      await new Promise<void>((resolve) => waiting.add(resolve))
    }
  }
}

async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

import type { Readable, Writable } from 'node:stream'
import { isInitializeRequest, type JSONRPCMessage, type RequestId } from '@modelcontextprotocol/server'
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio'
import { toErrorBody } from '../../contracts/errors.ts'
import { clientHeader, toClientHeader } from '../client.ts'
import { openUpstream, refusalOf, wasNotCarriedOut, type ServerAddress, type Upstream } from './upstream.ts'

/** What stands between a client that speaks over standard input and output and the server. */
export interface ForwardParts {
  readonly input: Readable
  /** Gets JSON-RPC messages, one a line, and nothing else. */
  readonly output: Writable
  /** Finds the server, and starts one where none runs. Asked again when the one before is gone. */
  readonly findServer: () => Promise<ServerAddress>
  readonly onError: (error: Error) => void
}

/** A message passed on while it is under way. */
export interface Forwarding {
  /** Resolves once the input has ended, or after `close`. */
  readonly ended: Promise<void>
  readonly close: () => Promise<void>
}

/** The code JSON-RPC leaves to servers for failures of their own. Source: JSON-RPC 2.0, section 5.1. */
const serverError = -32_000

/**
 * Passes messages on between a client and the server. Nothing is decided here, so that this way in has the same tools,
 * guards and results as every other. A server that is started again is found again; the client notices at most one failure.
 */
export async function forward({ input, output, findServer, onError }: ForwardParts): Promise<Forwarding> {
  const down = new StdioServerTransport(input, output)
  const ended = Promise.withResolvers<void>()
  const underWay = new Map<RequestId, AbortController>()
  const headers: Record<string, string> = {}
  let initializeId: RequestId | null = null
  let protocolVersion: string | null = null
  let upstream: Promise<Upstream> | null = null

  // The transports of the protocol's library have one listener each.
  // oxlint-disable unicorn/prefer-add-event-listener
  down.onmessage = (message) => void passOn(message).catch(onError)
  down.onerror = onError
  down.onclose = () => {
    for (const request of underWay.values()) request.abort()
    void upstream?.then((open) => open.close()).catch(onError)
    ended.resolve()
  }
  // oxlint-enable unicorn/prefer-add-event-listener
  await down.start()
  return { ended: ended.promise, close: () => down.close() }

  async function passOn(message: JSONRPCMessage): Promise<void> {
    if ('method' in message && message.method === 'notifications/cancelled') return cancel(message.params)
    if (isInitializeRequest(message)) {
      headers[clientHeader] = toClientHeader(message.params.clientInfo)
      if ('id' in message) initializeId = message.id as RequestId
    }
    if (!('method' in message) || !('id' in message)) return send(message)
    const request = new AbortController()
    underWay.set(message.id, request)
    try {
      await send(message, request.signal, () => fail(message.id, new Error('The connection broke off.')))
    } catch (error) {
      if (!request.signal.aborted) await fail(message.id, error)
    }
  }

  /** Sends a message once; a second time only where the first certainly had no effect. */
  async function send(
    message: JSONRPCMessage,
    signal?: AbortSignal,
    onBroken?: () => unknown,
  ): Promise<void> {
    const options = { headers, signal, onBroken }
    try {
      await (await connected()).send(message, options)
    } catch (error) {
      upstream = null
      if (!wasNotCarriedOut(error)) throw error
      await (await connected()).send(message, options)
    }
  }

  function connected(): Promise<Upstream> {
    upstream ??= findServer().then((address) => openUpstream(address, { protocolVersion, receive, onError }))
    upstream.catch(() => (upstream = null))
    return upstream
  }

  function receive(message: JSONRPCMessage): void {
    if ('id' in message && message.id !== undefined && !('method' in message)) {
      // An answer to a request that was cancelled meanwhile is not wanted any more.
      if (!underWay.delete(message.id)) return
      if (message.id === initializeId && 'result' in message) {
        protocolVersion = String(message.result['protocolVersion'])
        void upstream?.then((open) => open.setProtocolVersion(protocolVersion ?? ''))
      }
    }
    void down.send(message).catch(onError)
  }

  function cancel(params: unknown): void {
    const id = (params as { requestId?: RequestId } | undefined)?.requestId
    if (id === undefined) return
    // The server learns of it as the connection of that request closes.
    underWay.get(id)?.abort()
    underWay.delete(id)
  }

  async function fail(id: RequestId, thrown: unknown): Promise<void> {
    if (!underWay.delete(id)) return
    upstream = null
    const { code, message } = describe(thrown)
    await down.send({ jsonrpc: '2.0', id, error: { code: serverError, message, data: { code } } })
  }
}

function describe(thrown: unknown): { code: string; message: string } {
  const refusal = refusalOf(thrown)
  if (refusal !== null) return refusal
  const { code, message } = toErrorBody(thrown, null)
  if (code !== 'internal_error') return { code, message }
  const reason = thrown instanceof Error ? thrown.message : String(thrown)
  return {
    code: 'not_running',
    message: `MystiCanvas stopped answering, and it is not known whether it carried this out (${reason}). Call again; for generate with the same idempotency_key, so that nothing is made twice.`,
  }
}

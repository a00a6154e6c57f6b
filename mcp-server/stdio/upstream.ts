import { StreamableHTTPClientTransport, SdkHttpError } from '@modelcontextprotocol/client'
import type { JSONRPCMessage } from '@modelcontextprotocol/server'
import { errorReplySchema, type ErrorBody } from '../../contracts/errors.ts'

/** Where a server is, and what opens it. */
export interface ServerAddress {
  readonly url: string
  readonly token: string
}

/** The way to a server. */
export interface Upstream {
  /**
   * Sends a message; answers come by `receive`.
   *
   * @param options.signal gives the message up
   * @param options.onBroken called where the answer begins and ends, as far as it came
   */
  send(
    message: JSONRPCMessage,
    options: {
      readonly headers: Readonly<Record<string, string>>
      readonly signal: AbortSignal | undefined
      readonly onBroken: (() => unknown) | undefined
    },
  ): Promise<void>
  setProtocolVersion(version: string): void
  close(): Promise<void>
}

interface UpstreamParts {
  readonly protocolVersion: string | null
  readonly receive: (message: JSONRPCMessage) => void
  readonly onError: (error: Error) => void
}

/** Opens the way to a server; nothing is sent yet. */
export async function openUpstream({ url, token }: ServerAddress, parts: UpstreamParts): Promise<Upstream> {
  const transport = new StreamableHTTPClientTransport(new URL('/mcp', url), {
    requestInit: { headers: { authorization: `Bearer ${token}` } },
  })
  // The transports of the protocol's library have one listener each.
  // oxlint-disable-next-line unicorn/prefer-add-event-listener
  transport.onmessage = parts.receive
  // oxlint-disable-next-line unicorn/prefer-add-event-listener
  transport.onerror = parts.onError
  await transport.start()
  if (parts.protocolVersion !== null) transport.setProtocolVersion(parts.protocolVersion)
  return {
    send: (message, { headers, signal, onBroken }) =>
      transport.send(message, {
        headers: { ...headers },
        ...(signal === undefined ? {} : { requestSignal: signal }),
        ...(onBroken === undefined ? {} : { onRequestStreamEnd: () => void onBroken() }),
      }),
    setProtocolVersion: (version) => transport.setProtocolVersion(version),
    close: () => transport.close(),
  }
}

/** True where a message certainly had no effect: nobody was there, or whoever was there did not let it in. */
export function wasNotCarriedOut(error: unknown): boolean {
  if (error instanceof SdkHttpError) return error.status === 401
  if (error instanceof Error && error.name === 'UnauthorizedError') return true
  const { code } = ((error as Error).cause ?? {}) as { code?: string }
  return code === 'ECONNREFUSED'
}

/** What the server said as it refused a message; null where it did not. */
export function refusalOf(error: unknown): ErrorBody | null {
  if (!(error instanceof SdkHttpError)) return null
  try {
    return errorReplySchema.parse(JSON.parse(String(error.data['text']))).error
  } catch {
    return null
  }
}

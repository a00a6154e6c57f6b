import type { IncomingMessage, ServerResponse } from 'node:http'
import { toNodeHandler, type NodeIncomingMessageLike } from '@modelcontextprotocol/node'
import { createMcpHandler } from '@modelcontextprotocol/server'
import type { EventType } from '../contracts/events.ts'
import { clientOf } from './client.ts'
import { createGuard, type GuardParts } from './guards/guard-calls.ts'
import type { ProductParts } from './parts.ts'
import { createServer } from './server.ts'

/** The Model Context Protocol over Streamable HTTP. */
export interface McpEndpoint {
  /** Answers one HTTP request that was let in; the body is parsed already. */
  readonly handle: (request: IncomingMessage, response: ServerResponse, body: unknown) => Promise<void>
  /** Ends what is under way. */
  readonly close: () => Promise<void>
}

/** Events after which the list of tools may be another one: which presets are installed. */
const changesTools: readonly EventType[] = ['preset-saved', 'preset-deleted', 'model-ready', 'model-failed']

/**
 * Serves the revision 2026-07-28 and, without sessions, the older ones. Each request gets a server object of its own, so
 * that clients share nothing; the guard alone knows of more than one request.
 */
export function createMcpEndpoint(given: ProductParts & GuardParts): McpEndpoint {
  const surface = 'mcp' as const
  const parts = { ...given, surface, clientOf, guard: createGuard({ ...given, surface }) }
  const handler = createMcpHandler(() => createServer(parts), { onerror: parts.onError })
  const stopListening = parts.subscribe(({ event }) => {
    if (changesTools.includes(event.type)) handler.notify.toolsChanged()
  })
  const handle = toNodeHandler(handler, { onerror: parts.onError })
  return {
    // A request of Node.js has every field the adapter needs; only its type says that one may be undefined.
    handle: (request, response, body) => handle(request as NodeIncomingMessageLike, response, body),
    close: async () => {
      stopListening()
      await handler.close()
    },
  }
}

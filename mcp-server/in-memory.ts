import { InMemoryTransport, type Transport } from '@modelcontextprotocol/server'
import type { AgentClient } from '../contracts/agent.ts'
import { createGuard, type GuardParts } from './guards/guard-calls.ts'
import type { ProductParts } from './parts.ts'
import { createServer } from './server.ts'

/**
 * Makes connections to a server in this very process, for the assistant: the same tools, checks, results and records as
 * other agents have, and besides what a person is asked about before it is done.
 */
export function createInMemoryServer(
  given: ProductParts & GuardParts & { readonly client: AgentClient },
): () => Promise<Transport> {
  const surface = 'assistant' as const
  const guard = createGuard({ ...given, surface })
  return async () => {
    const [ours, theirs] = InMemoryTransport.createLinkedPair()
    const server = await createServer({ ...given, guard, surface, clientOf: () => given.client })
    await server.connect(ours)
    return theirs
  }
}

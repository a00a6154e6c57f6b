import type { McpEndpoint } from './endpoint.ts'
import type { GuardParts } from './guards/guard-calls.ts'
import type { ProductParts } from './parts.ts'

/** The endpoint, whose library is loaded with the first request: who has no agent pays neither its time nor its 20 MiB. */
export function createMcpOnDemand(parts: ProductParts & GuardParts): McpEndpoint {
  let endpoint: Promise<McpEndpoint> | null = null
  const load = () => import('./endpoint.ts').then(({ createMcpEndpoint }) => createMcpEndpoint(parts))
  return {
    async handle(request, response, body) {
      endpoint ??= load()
      await (await endpoint).handle(request, response, body)
    },
    async close() {
      await (await endpoint)?.close()
    },
  }
}

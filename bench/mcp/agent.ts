import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'

/** A client of the newest revision that only searches. */
export interface BenchAgent {
  /** Throws where the call failed or was refused. */
  search(query: string): Promise<void>
  close(): Promise<void>
}

/** How many pictures a search is to give, here and by the direct call. */
export const pageSize = 10

export async function openAgent(url: string, token: string, name: string): Promise<BenchAgent> {
  const client = new Client({ name, version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } })
  await client.connect(
    new StreamableHTTPClientTransport(new URL('/mcp', url), {
      requestInit: { headers: { authorization: `Bearer ${token}` } },
    }),
  )
  return {
    async search(query) {
      const { isError, content } = await client.callTool({
        name: 'search_history',
        arguments: { query, limit: pageSize },
      })
      if (isError === true) throw new Error(JSON.stringify(content))
    },
    close: () => client.close(),
  }
}

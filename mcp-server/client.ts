import { CLIENT_INFO_META_KEY, type ServerContext } from '@modelcontextprotocol/server'
import { z } from 'zod'
import type { AgentClient } from '../contracts/agent.ts'

/** The header by which a client that cannot say its name in the protocol says it. */
export const clientHeader = 'x-mysticanvas-client'

const clientInfoSchema = z.object({ name: z.string(), version: z.string() })
const longestName = 64

/**
 * Who calls. Clients of the newest revision say it in each request. Older ones say it only once, in a request of its own
 * that this stateless server does not remember: the stdio command passes it on as a header, and of others there is the
 * name of their program.
 */
export function clientOf({ mcpReq, http }: ServerContext): AgentClient {
  const told = clientInfoSchema.safeParse(
    (mcpReq.envelope as Record<string, unknown> | undefined)?.[CLIENT_INFO_META_KEY],
  )
  if (told.success) return { name: tidy(told.data.name), version: tidy(told.data.version) }
  const headers = http?.req?.headers
  const [name = '', version] = (headers?.get(clientHeader) ?? headers?.get('user-agent') ?? '').split(/[/ ]/)
  return { name: tidy(name), version: version === undefined ? null : tidy(version) }
}

/** The value of the header for a client. */
export function toClientHeader({ name, version }: { name: string; version: string }): string {
  return `${tidy(name).replaceAll(/[/ ]/g, '-')}/${tidy(version)}`
}

function tidy(text: string): string {
  const plain = text
    .replaceAll(/[^\x20-\x7E]/g, '')
    .trim()
    .slice(0, longestName)
  return plain === '' ? 'unknown' : plain
}

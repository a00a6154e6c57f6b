import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Invoke } from '../../contracts/capabilities/index.ts'
import { createClient } from '../../contracts/client.ts'
import { ProductError } from '../../contracts/errors.ts'
import type { DataPaths } from '../foundation/paths.ts'

/** A server that runs on a data folder, and how to talk to it. */
export interface RunningServer {
  readonly url: string
  readonly token: string
  readonly invoke: Invoke
  /** Fetches something that is not a capability, such as a picture. */
  fetch(path: string, options?: FetchOptions): Promise<Response>
}

type FetchOptions = Omit<RequestInit, 'headers'> & { readonly headers?: Record<string, string> }

const serverFileSchema = z.object({ url: z.url(), pid: z.int() })
const answerWithinMs = 3000

/** Finds the server of a data folder; null where none answers. */
export async function findRunningServer(paths: DataPaths): Promise<RunningServer | null> {
  const found = readServerFiles(paths)
  if (found === null) return null
  const server = connect(found.url, found.token)
  try {
    await server.fetch('/api/status', { signal: AbortSignal.timeout(answerWithinMs) })
    return server
  } catch {
    return null
  }
}

/** Talks to a server at an address with a token. */
export function connect(url: string, token: string): RunningServer {
  const call = (path: string, options: FetchOptions = {}) =>
    fetch(`${url}${path}`, { ...options, headers: { ...options.headers, authorization: `Bearer ${token}` } })
  return {
    url,
    token,
    fetch: call,
    invoke: createClient(async ({ method, path, body }) => {
      const headers = { 'content-type': 'application/json' }
      const reply = await call(path, body === null ? { method } : { method, body, headers }).catch(
        (cause: unknown) => {
          throw new ProductError('not_running', 'MystiCanvas stopped answering.', { cause })
        },
      )
      return { status: reply.status, body: await reply.text() }
    }),
  }
}

function readServerFiles(paths: DataPaths): { url: string; token: string } | null {
  try {
    const { url } = serverFileSchema.parse(JSON.parse(readFileSync(paths.server, 'utf8')))
    return { url, token: readFileSync(paths.token, 'utf8') }
  } catch {
    return null
  }
}

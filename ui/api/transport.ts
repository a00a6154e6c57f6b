import type { Transport } from '../../contracts/client.ts'
import { ConnectionFailure } from './failure.ts'

/** Sends calls to the server this page came from, with its cookie. */
export function createFetchTransport(onUnauthorized: () => void): Transport {
  return async ({ method, path, body }) => {
    const reply = await send(path, {
      method,
      credentials: 'same-origin',
      headers:
        body === null
          ? { accept: 'application/json' }
          : { accept: 'application/json', 'content-type': 'application/json' },
      body,
    })
    if (reply.status === 401) onUnauthorized()
    return { status: reply.status, body: await reply.text() }
  }
}

async function send(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init)
  } catch (cause) {
    throw new ConnectionFailure('The server cannot be reached.', { cause })
  }
}

import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Address } from './mcp-clients.ts'

/** A door for programs that cannot be told a token. */
export interface TokenProxy {
  readonly url: string
  close(): Promise<void>
}

/** Passes every request on with the bearer token; all other headers stay as they came, also a foreign Host or Origin. */
export async function openTokenProxy({ url, token }: Address): Promise<TokenProxy> {
  const { hostname, port } = new URL(url)
  const server = createServer((incoming, reply) => {
    const { method, url: path, headers } = incoming
    const passedOn = request(
      { hostname, port, method, path, headers: { ...headers, authorization: `Bearer ${token}` } },
      (answer) => {
        reply.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(reply)
      },
    )
    passedOn.once('error', () => reply.destroy())
    reply.once('close', () => passedOn.destroy())
    incoming.pipe(passedOn)
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

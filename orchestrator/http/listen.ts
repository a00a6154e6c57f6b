import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { Config } from '../../contracts/config.ts'
import { ProductError } from '../../contracts/errors.ts'

/**
 * Listens where the configuration says.
 *
 * @returns the address as a browser takes it
 * @throws ProductError `port_in_use`
 */
export async function listen(app: FastifyInstance, { host, port }: Config): Promise<string> {
  try {
    await app.listen({ host, port })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause
    throw new ProductError('port_in_use', `Port ${port} is taken by another program.`, {
      details: { port },
      cause,
    })
  }
  const bound = app.server.address() as AddressInfo
  const name = host.includes(':') ? `[${host}]` : host
  return `http://${name === '0.0.0.0' ? '127.0.0.1' : name}:${bound.port}`
}

import { chmod, lstat, unlink } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import type { WorkerBoot, WorkerReady } from '../../contracts/worker.ts'

/**
 * Binds the server where the boot line says: any free port of the loopback address, or a pipe only this user can open.
 *
 * @returns the address to report to the orchestrator
 * @throws where the pipe's path is taken by something that is no socket, or cannot be made
 */
export async function listen(
  server: FastifyInstance,
  where: WorkerBoot['listen'],
): Promise<WorkerReady['address']> {
  if (where.kind === 'tcp') {
    await server.listen({ host: '127.0.0.1', port: 0 })
    return { kind: 'tcp', port: boundPort(server) }
  }
  if (process.platform === 'win32') await server.listen({ path: where.path })
  else await listenOnSocket(server, where.path)
  return where
}

async function listenOnSocket(server: FastifyInstance, path: string): Promise<void> {
  await removeStaleSocket(path)
  // The mask holds while the socket is made, so that there is no moment in which others could open it.
  const previous = process.umask(0o177)
  try {
    await server.listen({ path })
  } finally {
    process.umask(previous)
  }
  await chmod(path, 0o600)
}

/** A worker that was killed leaves its socket behind, and nobody can bind over it. */
async function removeStaleSocket(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined)
  if (found === undefined) return
  if (!found.isSocket()) throw new Error(`${path} is in the way and is no socket.`)
  await unlink(path)
}

function boundPort(server: FastifyInstance): number {
  const address = server.server.address()
  if (address === null || typeof address === 'string') throw new Error('The server is bound to no port.')
  return address.port
}

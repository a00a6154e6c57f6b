import { readFileSync } from 'node:fs'
import { freemem, totalmem } from 'node:os'
import type { FastifyInstance } from 'fastify'
import type { WorkerHealth, workerVitals } from '../../contracts/worker.ts'

type Vitals = Pick<WorkerHealth, keyof typeof workerVitals>

/** Routes about the worker itself begin with this; asking for them is no work. */
const ownRoutes = '/internal/'

/**
 * Watches what every kind of worker has in common.
 *
 * @returns tells it, as it is now
 */
export function watchVitals(server: FastifyInstance, versions: Record<string, string>): () => Vitals {
  let inFlight = 0
  server.addHook('preHandler', async (request, reply) => {
    if (request.url.startsWith(ownRoutes)) return
    inFlight += 1
    // Also where the client goes away, and after a stream.
    reply.raw.once('close', () => (inFlight -= 1))
  })
  return () => ({
    versions,
    requests_in_flight: inFlight,
    machine_memory: { total_bytes: totalmem(), available_bytes: availableMemory() },
  })
}

/** What programs may still take. On Linux that counts caches that give way, which `freemem` does not; see proc(5). */
function availableMemory(): number {
  try {
    const line = /^MemAvailable:\s+(\d+) kB/m.exec(readFileSync('/proc/meminfo', 'utf8'))
    return line === null ? freemem() : Number(line[1]) * 1024
  } catch {
    return freemem()
  }
}

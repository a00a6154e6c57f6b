import { setTimeout as delay } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import type { WorkerService } from './definition.ts'
import type { Logger } from './logger.ts'

/** How long the engine may take to stop before it is stopped by force. */
const patienceMs = 8000

/**
 * Makes the one way out that is taken by request (`POST /internal/shutdown`, SIGTERM, SIGINT):
 * work is cancelled, streams get their last event, open replies are finished, then the process exits with 0.
 * Calling it again changes nothing.
 */
export function createShutdown(server: FastifyInstance, service: WorkerService, log: Logger): () => void {
  let begun = false
  return function shutdown() {
    if (begun) return
    begun = true
    log.info('stopping')
    void leave()
  }

  async function leave(): Promise<void> {
    const orderly = service.stop().then(() => server.close())
    const outcome = await Promise.race([
      orderly.then(
        () => 'stopped',
        () => 'failed to stop',
      ),
      delay(patienceMs, 'took too long to stop'),
    ])
    log.info({ outcome }, 'leaving')
    process.exit(0)
  }
}

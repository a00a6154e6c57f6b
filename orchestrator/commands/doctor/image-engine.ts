import type { Config } from '../../../contracts/config.ts'
import type { EngineIdentity } from '../../../contracts/entities/engine.ts'
import { workerHealthSchema, workerRoutes } from '../../../contracts/worker.ts'
import { imageWorkerCommand } from '../../image-worker-command.ts'
import { endProcess } from '../../supervision/kill-ladder.ts'
import { callWorker } from '../../supervision/worker-connection.ts'
import { startWorker } from '../../supervision/worker-process.ts'

/**
 * Starts the image worker, asks for its health and ends it again.
 *
 * @throws ProductError `worker_unavailable` with its last words
 */
export async function tryImageEngine(config: Config): Promise<EngineIdentity> {
  const { threads, heartbeat_timeout_ms, stall_timeout_ms, start_timeout_ms } = config.image_worker
  const { child, endpoint } = await startWorker(
    {
      name: 'image',
      command: imageWorkerCommand,
      configuration: { threads, heartbeat_timeout_ms, stall_timeout_ms },
      listen: { kind: 'tcp' },
      logLevel: 'warn',
      startTimeoutMs: start_timeout_ms,
    },
    () => undefined,
  )
  try {
    const options = { requestId: 'doctor' }
    return workerHealthSchema.parse(await callWorker(endpoint, 'GET', workerRoutes.health, options)).engine
  } finally {
    await endProcess(child, () =>
      callWorker(endpoint, 'POST', workerRoutes.shutdown, { body: {}, requestId: 'doctor' }),
    )
  }
}

import type { Config } from '../../../contracts/config.ts'
import { workerHealthSchema, workerRoutes, type WorkerHealth } from '../../../contracts/worker.ts'
import { imageWorkerSettings } from '../../domain/generation/image-worker-settings.ts'
import { imageWorkerCommand } from '../../image-worker-command.ts'
import { endProcess } from '../../supervision/kill-ladder.ts'
import { callWorker } from '../../supervision/worker-connection.ts'
import { startWorker } from '../../supervision/worker-process.ts'

/** The engine that makes pictures, and why this one. */
export type WorkingEngine = Pick<WorkerHealth, 'engine' | 'engine_reason'>

/**
 * Starts the image worker, asks for its health and ends it again.
 *
 * @throws ProductError `worker_unavailable` with its last words
 */
export async function tryImageEngine(config: Config, enginesFolder: string): Promise<WorkingEngine> {
  const { child, endpoint } = await startWorker(
    {
      name: 'image',
      command: imageWorkerCommand,
      configuration: { ...imageWorkerSettings(config, enginesFolder) },
      listen: { kind: 'tcp' },
      logLevel: 'warn',
      startTimeoutMs: config.image_worker.start_timeout_ms,
    },
    () => undefined,
  )
  try {
    const options = { requestId: 'doctor' }
    return workerHealthSchema.parse(await callWorker(endpoint, 'GET', workerRoutes.health, options))
  } finally {
    await endProcess(child, () =>
      callWorker(endpoint, 'POST', workerRoutes.shutdown, { body: {}, requestId: 'doctor' }),
    )
  }
}

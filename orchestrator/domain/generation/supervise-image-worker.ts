import { join } from 'node:path'
import type { Config } from '../../../contracts/config.ts'
import { workerHealthSchema } from '../../../contracts/worker.ts'
import type { Logger } from '../../foundation/logger.ts'
import { logWorkerLine } from '../../foundation/worker-log.ts'
import { Supervisor, type StateChange } from '../../supervision/supervisor.ts'
import { imageWorkerSettings } from './image-worker-settings.ts'

interface ImageWorkerParts {
  readonly config: Config
  /** Where its pipe lies, if it is reached by one. */
  readonly runFolder: string
  /** Where programs lie that a person put there to make pictures with. */
  readonly enginesFolder: string
  readonly command: readonly [string, ...string[]]
  readonly logger: Logger
  readonly onState: (change: StateChange) => void
}

/** The supervisor of the image worker, with the limits a person set; it is not started yet. */
export function superviseImageWorker({
  config,
  runFolder,
  enginesFolder,
  command,
  logger,
  onState,
}: ImageWorkerParts): Supervisor {
  const limits = config.image_worker
  return new Supervisor(
    {
      name: 'image',
      command,
      configuration: { ...imageWorkerSettings(config, enginesFolder) },
      listen: config.ipc === 'tcp' ? { kind: 'tcp' } : { kind: 'pipe', path: pipePath(runFolder) },
      logLevel: config.log_level,
      startTimeoutMs: limits.start_timeout_ms,
    },
    {
      healthSchema: workerHealthSchema,
      health: { intervalMs: limits.health_interval_ms, timeoutMs: limits.health_timeout_ms, misses: 2 },
      onState,
      onLog: (line, concerned) => logWorkerLine(logger, 'image', line, concerned),
    },
  )
}

function pipePath(runFolder: string): string {
  return process.platform === 'win32'
    ? `\\\\.\\pipe\\mysticanvas-image-${process.pid}`
    : join(runFolder, 'image.sock')
}

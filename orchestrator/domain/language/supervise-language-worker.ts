import { join } from 'node:path'
import type { Config } from '../../../contracts/config.ts'
import type { WorkerState } from '../../../contracts/entities/system.ts'
import type { ProductError } from '../../../contracts/errors.ts'
import { languageWorkerHealthSchema, type LanguageWorkerHealth } from '../../../contracts/language-worker.ts'
import type { Logger } from '../../foundation/logger.ts'
import { Supervisor } from '../../supervision/supervisor.ts'

interface LanguageWorkerParts {
  readonly config: Config
  /** Where its pipe lies, if it is reached by one. */
  readonly runFolder: string
  /** Where models may lie. */
  readonly modelFolders: readonly string[]
  readonly command: readonly [string, ...string[]]
  readonly logger: Logger
  readonly onState: (state: WorkerState, error: ProductError | null) => void
}

export type LanguageSupervisor = Supervisor<LanguageWorkerHealth>

/** The supervisor of the language worker, with the limits a person set; it is not started yet. */
export function superviseLanguageWorker(parts: LanguageWorkerParts): LanguageSupervisor {
  const { config, runFolder, modelFolders, command, logger, onState } = parts
  const { health_interval_ms, health_timeout_ms, start_timeout_ms } = config.language_worker
  return new Supervisor(
    {
      name: 'language',
      command,
      configuration: { model_folders: modelFolders },
      listen: config.ipc === 'tcp' ? { kind: 'tcp' } : { kind: 'pipe', path: pipePath(runFolder) },
      logLevel: config.log_level,
      startTimeoutMs: start_timeout_ms,
    },
    {
      healthSchema: languageWorkerHealthSchema,
      health: { intervalMs: health_interval_ms, timeoutMs: health_timeout_ms, misses: 2 },
      onState,
      onLog: (line) => logger.info({ worker: 'language', line }, 'worker'),
    },
  )
}

function pipePath(runFolder: string): string {
  return process.platform === 'win32'
    ? `\\\\.\\pipe\\mysticanvas-language-${process.pid}`
    : join(runFolder, 'language.sock')
}

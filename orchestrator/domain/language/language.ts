import { join } from 'node:path'
import type { Config } from '../../../contracts/config.ts'
import type { WorkerState } from '../../../contracts/entities/system.ts'
import { toErrorBody, type ProductError } from '../../../contracts/errors.ts'
import type { Logger } from '../../foundation/logger.ts'
import { projectFolder, type DataPaths } from '../../foundation/paths.ts'
import type { WritableDatabase } from '../../storage/connection.ts'
import type { EventBus } from '../event-bus.ts'
import { describeWorkerState } from '../system/worker-messages.ts'
import { builtInLanguageModel } from './built-in-language-model.ts'
import { LanguageModels } from './language-models.ts'
import { LanguagePresets } from './language-presets.ts'
import { superviseLanguageWorker } from './supervise-language-worker.ts'

interface LanguageParts {
  readonly config: Config
  readonly paths: DataPaths
  readonly database: WritableDatabase
  readonly events: EventBus
  readonly logger: Logger
  readonly modelFolders: readonly string[]
  readonly command: readonly [string, ...string[]]
}

/** Puts together what has to do with language models. The worker starts when one is first needed. */
export function createLanguage({
  config,
  paths,
  database,
  events,
  logger,
  modelFolders,
  command,
}: LanguageParts) {
  const ownModels = join(projectFolder, 'models')
  const builtIn = builtInLanguageModel(ownModels)
  const presets = new LanguagePresets({ database, events, modelFolders, builtIn })
  const supervisor = superviseLanguageWorker({
    config,
    runFolder: paths.run,
    modelFolders: [...modelFolders, ownModels],
    command,
    logger,
    onState: tellState,
  })
  return { presets, supervisor, models: new LanguageModels({ presets, supervisor }) }

  function tellState(state: WorkerState, error: ProductError | null): void {
    const body = error === null ? null : toErrorBody(error, null)
    const message = describeWorkerState('language', state)
    events.publish({ type: 'worker-changed', worker: 'language', state, error: body }, message)
  }
}

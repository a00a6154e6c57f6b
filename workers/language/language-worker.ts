import {
  languageWorkerConfigurationSchema,
  type LanguageWorkerConfiguration,
} from '../../contracts/language-worker.ts'
import type { WorkerDefinition, WorkerService } from '../runtime/definition.ts'
import type { Logger } from '../runtime/logger.ts'
import { LanguageEngine } from './engine/language-engine.ts'
import { Turns } from './engine/turns.ts'
import { engineIdentity, readHealth } from './health.ts'
import { LanguageDesk } from './language-desk.ts'
import { addLanguageRoutes } from './routes.ts'

/** The worker that reads and writes. */
export const languageWorker: WorkerDefinition<LanguageWorkerConfiguration> = {
  name: 'language',
  configuration: languageWorkerConfigurationSchema,
  create: createService,
}

function createService(configuration: LanguageWorkerConfiguration, log: Logger): WorkerService {
  const engine = new LanguageEngine({ modelFolders: configuration.model_folders, log })
  const turns = new Turns()
  const tools = { engine, turns, desk: new LanguageDesk(engine, turns) }
  return {
    versions: { node: process.versions.node, [engineIdentity.name]: engineIdentity.version },
    addRoutes: (server) => addLanguageRoutes(server, tools),
    health: () => readHealth(tools),
    async stop() {
      await turns.close()
      await engine.unload()
    },
    // The engine lives in this very process and ends with it.
    kill: () => undefined,
  }
}

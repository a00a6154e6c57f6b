import { imageWorkerConfigurationSchema, type ImageWorkerConfiguration } from '../../contracts/worker.ts'
import type { WorkerDefinition, WorkerService } from '../runtime/definition.ts'
import type { Logger } from '../runtime/logger.ts'
import { chooseEngine } from './choose-engine.ts'
import type { Program } from './engines/embedded/program.ts'
import { readHealth } from './health.ts'
import { DecodingExperience } from './progress.ts'
import { addImageRoutes } from './routes.ts'
import { Workbench } from './workbench.ts'

/**
 * The worker that makes pictures.
 *
 * @param program runs as the embedded engine's process in place of the real engine
 */
export function defineImageWorker(program?: Program): WorkerDefinition<ImageWorkerConfiguration> {
  return {
    name: 'image',
    configuration: imageWorkerConfigurationSchema,
    create: (configuration, log) => createService(configuration, log, program),
  }
}

function createService(
  configuration: ImageWorkerConfiguration,
  log: Logger,
  program?: Program,
): WorkerService {
  const { engine, reason } = chooseEngine(configuration, log, program)
  const workbench = new Workbench()
  const tools = { engine, reason, workbench, experience: new DecodingExperience() }
  return {
    versions: { node: process.versions.node, [engine.identity.name]: engine.identity.version },
    addRoutes: (server) => addImageRoutes(server, tools),
    health: () => readHealth(engine, workbench, reason),
    async stop() {
      await workbench.close()
      await engine.unload()
    },
    kill: () => engine.kill(),
  }
}

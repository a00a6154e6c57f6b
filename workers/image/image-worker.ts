import { imageWorkerConfigurationSchema, type ImageWorkerConfiguration } from '../../contracts/worker.ts'
import type { WorkerDefinition, WorkerService } from '../runtime/definition.ts'
import type { Logger } from '../runtime/logger.ts'
import { EmbeddedEngine } from './engines/embedded/embedded-engine.ts'
import type { Program } from './engines/embedded/program.ts'
import { readHealth } from './health.ts'
import { DecodingExperience } from './progress.ts'
import { addImageRoutes } from './routes.ts'
import { chooseThreads } from './threads.ts'
import { Workbench } from './workbench.ts'

/**
 * The worker that makes pictures.
 *
 * @param program runs as the engine's process in place of the real engine
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
  const engine = new EmbeddedEngine({
    threads: chooseThreads(configuration.threads),
    patience: { heartbeatMs: configuration.heartbeat_timeout_ms, stallMs: configuration.stall_timeout_ms },
    log,
    ...(program === undefined ? {} : { program }),
  })
  const workbench = new Workbench()
  const tools = { engine, workbench, experience: new DecodingExperience() }
  return {
    versions: { node: process.versions.node, [engine.identity.name]: engine.identity.version },
    addRoutes: (server) => addImageRoutes(server, tools),
    health: () => readHealth(engine, workbench),
    async stop() {
      await workbench.close()
      await engine.unload()
    },
    kill: () => engine.kill(),
  }
}

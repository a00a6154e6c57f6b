import type { ImageWorkerConfiguration } from '../../contracts/worker.ts'
import type { Logger } from '../runtime/logger.ts'
import { EmbeddedEngine } from './engines/embedded/embedded-engine.ts'
import type { Program } from './engines/embedded/program.ts'
import type { ImageEngine } from './engines/engine.ts'
import { findSdServer } from './engines/sd-server/find-program.ts'
import { SdServerEngine } from './engines/sd-server/sd-server-engine.ts'
import { chooseThreads } from './threads.ts'

/** The engine of this worker, and why this one: a sentence for people. */
export interface ChosenEngine {
  readonly engine: ImageEngine
  readonly reason: string
}

/**
 * Makes the engine that the configuration asks for; nothing is started yet.
 *
 * @param program runs as the embedded engine's process in place of the real engine
 * @throws where `sd-server` is asked for and there is none
 */
export function chooseEngine(
  configuration: ImageWorkerConfiguration,
  log: Logger,
  program?: Program,
): ChosenEngine {
  const { engine: choice, sd_server_path: configured, engines_folder: enginesFolder } = configuration
  const common = {
    threads: chooseThreads(configuration.threads),
    patience: { heartbeatMs: configuration.heartbeat_timeout_ms, stallMs: configuration.stall_timeout_ms },
    log,
  }
  const embedded = () => new EmbeddedEngine({ ...common, ...(program === undefined ? {} : { program }) })
  if (choice === 'embedded')
    return { engine: embedded(), reason: 'The configuration names the embedded engine.' }
  const found = findSdServer({ configured, environment: process.env, enginesFolder })
  if (found.path === null && choice === 'sd-server')
    throw new Error(`The configuration asks for sd-server, but ${found.problem}.`)
  if (found.path === null)
    return { engine: embedded(), reason: `The embedded engine, because ${found.problem}.` }
  const engine = new SdServerEngine({ ...common, path: found.path })
  return { engine, reason: `From ${found.place}: ${found.path}` }
}

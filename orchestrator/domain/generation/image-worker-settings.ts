import type { Config } from '../../../contracts/config.ts'
import type { ImageWorkerConfiguration } from '../../../contracts/worker.ts'

/** What the image worker is told at its start. */
export function imageWorkerSettings(config: Config, enginesFolder: string): ImageWorkerConfiguration {
  const { threads, heartbeat_timeout_ms, stall_timeout_ms, engine, sd_server_path } = config.image_worker
  return {
    threads,
    heartbeat_timeout_ms,
    stall_timeout_ms,
    engine,
    sd_server_path,
    engines_folder: enginesFolder,
  }
}

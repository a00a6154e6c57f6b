import type { DatabaseStatus, SystemStatus, WorkerStatus } from '../../../contracts/entities/system.ts'
import { productVersion } from '../../foundation/version.ts'
import type { ReadableDatabase } from '../../storage/connection.ts'
import { countGenerationsByState } from '../../storage/generations.ts'
import { systemMemoryId } from '../../supervision/memory/system-probe.ts'
import type { Supervisor } from '../../supervision/supervisor.ts'
import type { MemoryRegistry } from '../memory/memory-registry.ts'
import type { LanguageSupervisor } from '../language/supervise-language-worker.ts'
import { readQueue } from '../generation/queue-watch.ts'
import { readFreeBytes } from './disk-space.ts'

interface StatusParts {
  readonly database: ReadableDatabase
  readonly dataFolder: string
  readonly modelFolders: readonly string[]
  readonly supervisors: readonly (Supervisor | LanguageSupervisor)[]
  readonly registry: MemoryRegistry
  readonly databaseStatus: DatabaseStatus
  readonly startedAt: number
}

/** Everything a status header shows, as it is now. */
export async function readSystemStatus(parts: StatusParts): Promise<SystemStatus> {
  const workers = parts.supervisors.map(toWorkerStatus)
  const devices = await parts.registry.read()
  const memory = devices.find(({ id }) => id === systemMemoryId)
  return {
    version: productVersion,
    started_at: new Date(parts.startedAt).toISOString(),
    data_folder: parts.dataFolder,
    model_folders: [...parts.modelFolders],
    workers,
    queue: readQueue(parts.database),
    memory: {
      total_bytes: memory?.total_bytes ?? 0,
      available_bytes: memory?.free_bytes ?? 0,
      ours_bytes: memory?.ours_bytes ?? 0,
    },
    devices,
    database: parts.databaseStatus,
    disk: {
      free_bytes: await readFreeBytes(parts.dataFolder),
      pictures: countGenerationsByState(parts.database).completed,
    },
  }
}

function toWorkerStatus(supervisor: Supervisor | LanguageSupervisor): WorkerStatus {
  const { name, state, pid, uptimeMs, restarts, health, lastWords } = supervisor.status
  return {
    name,
    state,
    pid,
    uptime_ms: uptimeMs,
    restarts,
    engine: health?.engine ?? null,
    engine_reason: health !== null && 'engine_reason' in health ? health.engine_reason : null,
    capabilities: health !== null && 'capabilities' in health ? health.capabilities : null,
    language: health !== null && 'language' in health ? health.language : null,
    loaded_model: health?.models[0]?.key ?? null,
    memory_bytes: health === null ? null : health.memory.worker_bytes + health.memory.engine_bytes,
    last_words: lastWords,
  }
}

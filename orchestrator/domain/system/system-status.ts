import type { DatabaseStatus, SystemStatus, WorkerStatus } from '../../../contracts/entities/system.ts'
import { productVersion } from '../../foundation/version.ts'
import type { ReadableDatabase } from '../../storage/connection.ts'
import { countGenerationsByState } from '../../storage/generations.ts'
import { readSystemMemory } from '../../supervision/process-memory.ts'
import type { Supervisor } from '../../supervision/supervisor.ts'
import { readQueue } from '../generation/queue-watch.ts'
import { readFreeBytes } from './disk-space.ts'

interface StatusParts {
  readonly database: ReadableDatabase
  readonly dataFolder: string
  readonly modelFolders: readonly string[]
  readonly supervisor: Supervisor
  readonly databaseStatus: DatabaseStatus
  readonly startedAt: number
}

/** Everything a status header shows, as it is now. */
export async function readSystemStatus(parts: StatusParts): Promise<SystemStatus> {
  const worker = toWorkerStatus(parts.supervisor)
  const memory = readSystemMemory()
  return {
    version: productVersion,
    started_at: new Date(parts.startedAt).toISOString(),
    data_folder: parts.dataFolder,
    model_folders: [...parts.modelFolders],
    workers: [worker],
    queue: readQueue(parts.database),
    memory: {
      total_bytes: memory.totalBytes,
      available_bytes: memory.availableBytes,
      ours_bytes: process.memoryUsage.rss() + (worker.memory_bytes ?? 0),
    },
    database: parts.databaseStatus,
    disk: {
      free_bytes: await readFreeBytes(parts.dataFolder),
      pictures: countGenerationsByState(parts.database).completed,
    },
  }
}

function toWorkerStatus(supervisor: Supervisor): WorkerStatus {
  const { name, state, pid, uptimeMs, restarts, health, lastWords } = supervisor.status
  return {
    name,
    state,
    pid,
    uptime_ms: uptimeMs,
    restarts,
    engine: health?.engine ?? null,
    engine_reason: health?.engine_reason ?? null,
    capabilities: health?.capabilities ?? null,
    loaded_model: health?.models[0]?.key ?? null,
    memory_bytes: health === null ? null : health.memory.worker_bytes + health.memory.engine_bytes,
    last_words: lastWords,
  }
}

import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { ModelSpecification, WorkerCondition } from '../../contracts/worker.ts'
import { readProcessMemory } from '../runtime/process-memory.ts'
import { modelIdentity, type ImageEngine } from './engines/engine.ts'
import type { Workbench } from './workbench.ts'

/**
 * Tells how the worker is; answers also while the engine works.
 *
 * @param reason why it works with this engine
 */
export async function readHealth(
  engine: ImageEngine,
  workbench: Workbench,
  reason: string,
): Promise<WorkerCondition> {
  const work = workbench.current
  const { pid, loaded } = engine
  const own = await readProcessMemory(process.pid)
  const child = pid === null ? { resident: 0, peak: 0 } : await readProcessMemory(pid)
  return {
    state: readState(workbench),
    engine: engine.identity,
    engine_reason: reason,
    capabilities: engine.capabilities,
    models:
      loaded === null ? [] : [{ key: modelKey(loaded), bytes: await sumSizes(Object.values(loaded.files)) }],
    memory: { worker_bytes: own.resident, engine_bytes: child.resident, engine_peak_bytes: child.peak },
    current: work === null ? null : { request_id: work.requestId, progress: work.progress },
    engine_pid: pid,
    device: loaded === null ? null : engine.memory.device,
    uptime_ms: Math.round(process.uptime() * 1000),
  }
}

/** A short name for a loaded model that people can read and that differs where the specifications do. */
export function modelKey(model: ModelSpecification): string {
  const digest = createHash('sha256').update(modelIdentity(model)).digest('hex').slice(0, 12)
  return `${basename(model.files.model)}#${digest}`
}

function readState(workbench: Workbench): WorkerCondition['state'] {
  if (workbench.isClosed) return 'stopping'
  if (workbench.current === null) return 'idle'
  return workbench.current.progress?.phase === 'loading' ? 'loading' : 'working'
}

async function sumSizes(paths: (string | undefined)[]): Promise<number> {
  const sizes = paths.map(async (path) => (path === undefined ? 0 : (await stat(path)).size))
  // A file may be deleted while its model is loaded; that must not make the worker look ill.
  const known = await Promise.all(sizes.map((size) => size.catch(() => 0)))
  return known.reduce((sum, size) => sum + size, 0)
}

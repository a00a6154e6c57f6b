import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { LanguageWorkerHealth } from '../../contracts/language-worker.ts'
import type { WorkerCondition } from '../../contracts/worker.ts'
import { readProcessMemory } from '../runtime/process-memory.ts'
import type { LanguageEngine } from './engine/language-engine.ts'
import type { Turns } from './engine/turns.ts'
import type { LanguageDesk } from './language-desk.ts'

/** The engine by its name and version, as its package says them. */
export const engineIdentity = { name: 'node-llama-cpp', version: readPackageVersion() }

/** What the health is read from. */
export interface LanguageTools {
  readonly engine: LanguageEngine
  readonly turns: Turns
  readonly desk: LanguageDesk
}

/** Tells how the worker is; answers also while the model works. The engine shares the worker's process. */
export async function readHealth({
  engine,
  turns,
  desk,
}: LanguageTools): Promise<WorkerCondition<LanguageWorkerHealth>> {
  const own = await readProcessMemory(process.pid)
  const { loaded } = engine
  return {
    state: readState(engine, turns),
    engine: engineIdentity,
    models: loaded === null ? [] : [{ key: loaded.specification.name, bytes: loaded.bytes }],
    memory: { worker_bytes: own.resident, engine_bytes: 0, engine_peak_bytes: own.peak },
    engine_pid: process.pid,
    device: engine.device,
    uptime_ms: Math.round(process.uptime() * 1000),
    can_purge_context: true,
    language: desk.statistics,
  }
}

function readState(engine: LanguageEngine, turns: Turns): LanguageWorkerHealth['state'] {
  if (turns.isClosed) return 'stopping'
  if (engine.isLoading) return 'loading'
  return turns.isBusy ? 'working' : 'idle'
}

/** The package keeps its own description to itself, so it is read beside its entry. */
function readPackageVersion(): string {
  const entry = fileURLToPath(import.meta.resolve('node-llama-cpp'))
  const text = readFileSync(`${entry.slice(0, entry.lastIndexOf('dist'))}package.json`, 'utf8')
  return String((JSON.parse(text) as { version: unknown }).version)
}

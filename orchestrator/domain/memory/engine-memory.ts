import type { WorkerHealth } from '../../../contracts/worker.ts'
import { systemMemoryId } from '../../supervision/memory/system-probe.ts'
import { readResidentBytes } from '../../supervision/memory/resident.ts'
import type { OwnUse } from './memory-registry.ts'

/** What a supervisor knows of the worker that holds models. */
export interface WorkerSight {
  readonly pid: number | null
  readonly health: WorkerHealth | null
}

/** Sees what the image engine holds, and where. */
export class EngineMemory {
  readonly #sight: () => WorkerSight
  #device: 'cpu' | 'gpu' | null = null
  #card: string | null = null

  constructor(sight: () => WorkerSight) {
    this.#sight = sight
  }

  /** Where models compute: what the engine last said, or null before it loaded one. */
  get device(): 'cpu' | 'gpu' | null {
    this.#device = this.#sight().health?.device ?? this.#device
    return this.#device
  }

  /** The engine with its version, as observations name it; null before the worker told. */
  get identity(): string | null {
    const engine = this.#sight().health?.engine
    return engine === undefined ? null : `${engine.name} ${engine.version}`
  }

  get enginePid(): number | null {
    return this.#sight().health?.engine_pid ?? null
  }

  /** The card that pictures are planned on; kept for telling where the models lie. */
  chooseCard(id: string | null): void {
    this.#card = id
  }

  /** What the engine holds of the machine's memory now, in bytes. */
  async residentBytes(): Promise<number> {
    const { health } = this.#sight()
    if (health === null || health.engine_pid === null) return 0
    const resident = await readResidentBytes(health.engine_pid)
    // Where the system tells, one of whom it tells nothing is gone; elsewhere the worker's word counts.
    return resident ?? (process.platform === 'linux' ? 0 : health.memory.engine_bytes)
  }

  /** What the engine was last seen to hold of a memory, in bytes. */
  heldNow(device: string): number {
    const { health } = this.#sight()
    if (health === null) return 0
    if (device === systemMemoryId) return health.memory.engine_bytes
    return health.device === 'gpu' ? health.models.reduce((sum, { bytes }) => sum + bytes, 0) : 0
  }

  /** What all processes of ours hold. */
  async ownUse(): Promise<OwnUse> {
    const { pid, health } = this.#sight()
    const resident = await this.residentBytes()
    const place = health?.device === 'gpu' && this.#card !== null ? this.#card : systemMemoryId
    return {
      pids: [process.pid, pid, health?.engine_pid ?? null].filter((id) => id !== null),
      systemBytes: process.memoryUsage.rss() + (health?.memory.worker_bytes ?? 0) + resident,
      // The worker tells models of the same name apart by what follows the number sign.
      models: (health?.models ?? []).map(({ key, bytes }) => ({
        device: place,
        name: key.replace(/#[0-9a-f]+$/, ''),
        bytes,
      })),
    }
  }
}

import { probeDevices } from '../../supervision/memory/probe-devices.ts'
import type { WritableDatabase } from '../../storage/connection.ts'
import type { EventBus } from '../event-bus.ts'
import { EngineMemory, type WorkerSight } from './engine-memory.ts'
import { MemoryRegistry } from './memory-registry.ts'
import { MemoryService } from './memory-service.ts'
import type { Releasable } from './releasable.ts'

interface MemoryParts {
  readonly database: WritableDatabase
  readonly events: EventBus
  /** What the supervisor of the image worker knows now. */
  readonly sight: () => WorkerSight
  readonly releasables: readonly Releasable[]
}

/** Everything that looks at memory and decides about it. */
export function createMemory({ database, events, sight, releasables }: MemoryParts) {
  const engine = new EngineMemory(sight)
  const registry = new MemoryRegistry({ probe: probeDevices, own: () => engine.ownUse() })
  return { registry, memory: new MemoryService({ database, events, registry, engine, releasables }) }
}

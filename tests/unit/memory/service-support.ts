import { join } from 'node:path'
import { pino } from 'pino'
import type { StoredEvent } from '../../../contracts/events.ts'
import type { WorkerHealth } from '../../../contracts/worker.ts'
import { EventBus } from '../../../orchestrator/domain/event-bus.ts'
import { EngineMemory } from '../../../orchestrator/domain/memory/engine-memory.ts'
import { MemoryRegistry } from '../../../orchestrator/domain/memory/memory-registry.ts'
import type { MemoryOrder } from '../../../orchestrator/domain/memory/memory-order.ts'
import { MemoryService } from '../../../orchestrator/domain/memory/memory-service.ts'
import type { Releasable } from '../../../orchestrator/domain/memory/releasable.ts'
import type { DeviceReading } from '../../../orchestrator/supervision/memory/device-probe.ts'
import { memoryDatabase, recipe, temporaryFolder } from '../storage/support.ts'
import { writeRandomModel } from '../../support/random-model.ts'

/** The memory of a machine with so much free. */
export function ram(freeBytes: number): DeviceReading {
  return {
    id: 'ram',
    kind: 'ram',
    name: 'Memory of this machine',
    unified: false,
    totalBytes: 64e9,
    freeBytes,
    processes: [],
    limit: null,
  }
}

/** The service over a real database and a real model of 81 MB, with whatever devices a test wants. */
export function openMemory(
  probe: () => Promise<readonly DeviceReading[]>,
  options: { readonly releasables?: readonly Releasable[]; readonly health?: WorkerHealth } = {},
) {
  const database = memoryDatabase()
  const events = new EventBus(database, pino({ level: 'silent' }))
  const told: StoredEvent[] = []
  events.subscribe((event) => void told.push(event))
  const engine = new EngineMemory(() => ({ pid: null, health: options.health ?? null }))
  const registry = new MemoryRegistry({ probe, own: () => engine.ownUse() })
  const releasables = options.releasables ?? []
  const memory = new MemoryService({ database, events, registry, engine, releasables })
  return { database, registry, memory, told, order: orderIn(temporaryFolder()) }
}

/** A picture with the random model in a folder. */
function orderIn(folder: string) {
  const files = writeRandomModel(join(folder))
  return (changes: Parameters<typeof recipe>[0] = {}): MemoryOrder => ({
    generation: null,
    recipe: recipe({ width: 1024, height: 1024, ...changes }),
    files,
  })
}

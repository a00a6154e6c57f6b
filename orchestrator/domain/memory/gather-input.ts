import { createHash } from 'node:crypto'
import type { MemoryDevice, MemoryPlan } from '../../../contracts/entities/memory.ts'
import type { ReadableDatabase } from '../../storage/connection.ts'
import { memoryObservations, newestObservedEngine } from '../../storage/memory-observations.ts'
import { readEngineLimit } from '../../supervision/memory/process-limits.ts'
import { systemMemoryId } from '../../supervision/memory/system-probe.ts'
import { calibrate, type RunKind } from './calibrate.ts'
import type { EngineMemory } from './engine-memory.ts'
import type { MemoryRegistry } from './memory-registry.ts'
import type { MemoryOrder } from './memory-order.ts'
import { fingerprintOf, readModelShape } from './model-shape.ts'
import type { PlanInput, Pool } from './plan-memory.ts'
import { predictPeak, type Layout } from './predict.ts'
import type { Releasable } from './releasable.ts'
import { usualTileSide } from './tile-sides.ts'

/** Everything a plan goes by, and what to learn with afterwards. */
export interface Gathered {
  readonly input: PlanInput
  readonly device: Pick<MemoryDevice, 'id' | 'kind' | 'name'>
  /** What the figures say for a layout, before any run corrected them; bytes. */
  readonly raw: (layout: Layout) => number
  readonly kind: (layout: Layout) => RunKind
}

interface Sources {
  readonly database: ReadableDatabase
  readonly registry: MemoryRegistry
  readonly engine: EngineMemory
  readonly releasables: readonly Releasable[]
}

/** Always left free. A card that is full to the brim has been seen to take three times as long. */
const margins = { system: 128_000_000, card: 300_000_000 }

/** Reads the model, the devices and earlier runs. Decide and reserve in the same turn, see `MemoryRegistry.exclusively`. */
export async function gatherInput(
  sources: Sources,
  { recipe, files }: Omit<MemoryOrder, 'generation'>,
  failed: MemoryPlan | null,
): Promise<Gathered> {
  const { database, engine, releasables } = sources
  const shape = await readModelShape(files)
  const model = createHash('sha256')
    .update(await fingerprintOf(files))
    .digest('hex')
    .slice(0, 16)
  const { card, system } = await readPools(sources, recipe.placement.device)
  const device = card ?? system
  const shared = card === null || card.unified
  const demand = {
    width: recipe.width,
    height: recipe.height,
    fromPicture: recipe.source_picture !== null,
  }
  const identity = engine.identity ?? newestObservedEngine(database) ?? 'unknown'
  const kind = (layout: Layout): RunKind => ({
    engine: identity,
    device: device.id,
    model,
    width: recipe.width,
    height: recipe.height,
    from_picture: demand.fromPicture ? 1 : 0,
    layout: JSON.stringify([layout.tileSide, layout.vae, layout.textEncoder, layout.offload]),
  })
  const observations = memoryObservations(database, { engine: identity, device: device.id, model })
  return {
    device,
    kind,
    raw: (layout) => predictPeak(shape, demand, layout, shared).device,
    input: {
      shape,
      demand,
      wished: wishedLayout(recipe, failed),
      device: device.pool,
      system: shared ? null : system.pool,
      releasables,
      expect: (raw, layout) => calibrate(raw, kind(layout), observations),
      failedOn: failed?.rung ?? null,
    },
  }
}

/** After a failure it begins from where that attempt was. */
function wishedLayout(recipe: MemoryOrder['recipe'], failed: MemoryPlan | null): Layout {
  const { placement } = recipe
  return failed === null
    ? {
        tileSide: recipe.vae_tiling ? usualTileSide(recipe.width, recipe.height) : null,
        vae: placement.vae,
        textEncoder: placement.text_encoder,
        offload: placement.offload,
      }
    : {
        tileSide: failed.tile_side,
        vae: failed.vae,
        textEncoder: failed.text_encoder,
        offload: failed.offload,
      }
}

type PlannedDevice = Pick<MemoryDevice, 'id' | 'kind' | 'name' | 'unified'> & { readonly pool: Pool }

async function readPools(
  { registry, engine }: Sources,
  wanted: MemoryOrder['recipe']['placement']['device'],
): Promise<{ card: PlannedDevice | null; system: PlannedDevice }> {
  const devices = await registry.read()
  const ram = devices.find(({ id }) => id === systemMemoryId)
  if (ram === undefined) throw new Error('The memory of the machine is always among the devices.')
  const held = await engine.residentBytes()
  const limit = await readEngineLimit(engine.enginePid)
  // What the engine holds is given back before it loads another model, or is part of what this picture needs.
  const free = ram.free_bytes + held - registry.outstanding(ram.id)
  const limited = limit !== null && limit.bytes < free
  const system: PlannedDevice = {
    ...ram,
    pool: {
      name: limited ? `${ram.name} (${limit.name})` : ram.name,
      availableBytes: limited ? limit.bytes : free,
      marginBytes: limited ? 0 : margins.system,
    },
  }
  const card = wanted === 'cpu' || engine.device === 'cpu' ? null : largestCard(devices)
  engine.chooseCard(card?.id ?? null)
  if (card !== null) {
    const available = card.free_bytes + engine.heldNow(card.id) - registry.outstanding(card.id)
    const pool = { name: card.name, availableBytes: available, marginBytes: margins.card }
    return { card: { ...card, pool }, system }
  }
  if (engine.device !== 'gpu' || wanted === 'cpu') return { card: null, system }
  const name = 'Graphics card'
  const pool = { name, availableBytes: null, marginBytes: margins.card }
  return { card: { id: 'unknown-0', kind: 'unknown', name, unified: false, pool }, system }
}

function largestCard(devices: readonly MemoryDevice[]): MemoryDevice | null {
  const cards = devices.filter(({ kind }) => kind !== 'ram')
  return cards.toSorted((one, other) => other.total_bytes - one.total_bytes)[0] ?? null
}

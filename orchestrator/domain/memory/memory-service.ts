import { setTimeout as delay } from 'node:timers/promises'
import type { MemoryPlan, MemoryRung } from '../../../contracts/entities/memory.ts'
import type { Placement } from '../../../contracts/entities/engine.ts'
import { bytesInWords } from '../../../contracts/size-in-words.ts'
import { ProductError } from '../../../contracts/errors.ts'
import type { WritableDatabase } from '../../storage/connection.ts'
import { insertMemoryObservation } from '../../storage/memory-observations.ts'
import type { EventBus } from '../event-bus.ts'
import type { EngineMemory } from './engine-memory.ts'
import type { MemoryRegistry } from './memory-registry.ts'
import type { FailedAttempt, MeasuredUse, MemoryOrder } from './memory-order.ts'
import { gatherInput, type Gathered } from './gather-input.ts'
import { largestThatFits, planMemory, type Decision } from './plan-memory.ts'
import type { Layout } from './predict.ts'
import type { Releasable } from './releasable.ts'

/** One that does not answer must not hold up every picture; milliseconds. */
const releasePatienceMs = 10_000

/** Memory that was set aside, and how to use it. */
export interface PreparedMemory {
  readonly plan: MemoryPlan
  readonly placement: Placement
  /** Learns from the run; the plan with what was measured. */
  readonly learn: (used: MeasuredUse) => MemoryPlan
  /** Gives back what was set aside; to be called however the run ended. */
  readonly end: () => void
}

/** What a request would take now. */
export interface Foreseen {
  readonly decision: Decision
  readonly availableBytes: number | null
}

interface ServiceParts {
  readonly database: WritableDatabase
  readonly events: EventBus
  readonly registry: MemoryRegistry
  readonly engine: EngineMemory
  /** Others of ours that can give memory back. */
  readonly releasables: readonly Releasable[]
}

/** Decides before each picture how it fits into memory, makes the room, and learns from what it took. */
export class MemoryService {
  readonly #parts: ServiceParts

  constructor(parts: ServiceParts) {
    this.#parts = parts
  }

  /** What would be decided now. Changes nothing. */
  async foresee(order: Omit<MemoryOrder, 'generation'>): Promise<Foreseen> {
    const { input } = await gatherInput(this.#parts, order, null)
    return { decision: planMemory(input), availableBytes: input.device.availableBytes }
  }

  /**
   * Decides how a picture is made, has others give memory back where that is part of it, and sets the memory aside.
   *
   * @throws ProductError `insufficient_memory` with the numbers and the size that would fit
   */
  async prepare(order: MemoryOrder): Promise<PreparedMemory> {
    const prepared = await this.#prepare(order, null, () => true)
    if (prepared === null) throw new ProductError('insufficient_memory')
    return prepared
  }

  /** The same for work that nobody waits for; null where anything would have to make room for it. */
  prepareInBackground(order: MemoryOrder): Promise<PreparedMemory | null> {
    return this.#prepare(order, null, ({ rung }) => rung === 'proceed')
  }

  /** The same two rungs further down than an attempt that failed; null where nothing is left to do differently. */
  prepareAgain(order: MemoryOrder, failed: FailedAttempt): Promise<PreparedMemory | null> {
    return this.#prepare(order, failed, ({ rung, changed }) => changed && rung !== 'refuse')
  }

  #prepare(
    order: MemoryOrder,
    failed: FailedAttempt | null,
    accept: (decision: Decision) => boolean,
  ): Promise<PreparedMemory | null> {
    return this.#parts.registry.exclusively(async () => {
      const gathered = await gatherInput(this.#parts, order, failed?.plan ?? null)
      const decision = planMemory(gathered.input)
      if (!accept(decision)) return null
      const plan = describePlan(gathered, decision, failed)
      this.#tell(order, plan)
      if (decision.rung === 'refuse') throw refusal(gathered, decision)
      await this.#release(decision)
      return this.#setAside(order, gathered, decision, plan)
    })
  }

  async #release({ releases }: Decision): Promise<void> {
    for (const { name, level } of releases) {
      const other = this.#parts.releasables.find((releasable) => releasable.name === name)
      // One that cannot let go now is no reason to fail: the attempt shows whether it fits.
      const freed = level === 'soft' ? other?.soft() : other?.hard()
      await Promise.race([freed?.catch(() => 0), delay(releasePatienceMs, 0, { ref: false })])
    }
  }

  #setAside(
    { recipe }: MemoryOrder,
    { kind, raw, device }: Gathered,
    { layout, expectation }: Decision,
    plan: MemoryPlan,
  ): PreparedMemory {
    const { registry, engine, database } = this.#parts
    const release = registry.reserve(device.id, expectation.bytes, () => engine.heldNow(device.id))
    return {
      plan,
      placement: {
        ...recipe.placement,
        vae: layout.vae,
        text_encoder: layout.textEncoder,
        offload: layout.offload,
      },
      learn: (used) => {
        const actual = device.kind === 'ram' ? used.enginePeakBytes : (used.devicePeakBytes ?? 0)
        // Systems that do not tell what a process took say nothing here.
        if (actual <= 0) return plan
        insertMemoryObservation(database, {
          ...kind(layout),
          time: Date.now(),
          engine: used.engine,
          raw_bytes: Math.round(raw(layout)),
          predicted_bytes: Math.max(1, expectation.bytes),
          actual_bytes: actual,
        })
        return { ...plan, actual_bytes: actual }
      },
      end: release,
    }
  }

  #tell({ generation }: MemoryOrder, plan: MemoryPlan): void {
    if (plan.reasons.length === 0) return
    const message = plan.reasons.map((reason) => reason.message).join(' ')
    this.#parts.events.publish(
      { type: 'memory-planned', generation_id: generation === null ? null : String(generation), plan },
      message,
    )
  }
}

function describePlan(
  { device, input }: Gathered,
  { rung, layout, expectation, reasons }: Decision,
  failed: FailedAttempt | null,
): MemoryPlan {
  return {
    rung,
    device: { id: device.id, kind: device.kind, name: device.name },
    predicted_bytes: expectation.bytes,
    error_bytes: expectation.errorBytes,
    compared: expectation.compared,
    available_bytes: input.device.availableBytes === null ? null : Math.round(input.device.availableBytes),
    actual_bytes: null,
    tile_side: layout.tileSide,
    ...placementOf(layout),
    retried_after: failed?.code ?? null,
    reasons: [...(failed?.plan.reasons ?? []), ...reasons],
  }
}

function placementOf({
  vae,
  textEncoder,
  offload,
}: Layout): Pick<MemoryPlan, 'vae' | 'text_encoder' | 'offload'> {
  return { vae, text_encoder: textEncoder, offload }
}

function refusal({ input, device }: Gathered, { expectation }: Decision): ProductError {
  const fitting = largestThatFits(input)
  const available = input.device.availableBytes ?? 0
  const needed = `This picture needs about ${bytesInWords(expectation.bytes)}, and ${bytesInWords(available)} are free (${device.name}).`
  const advice =
    fitting === null
      ? 'No size of this model would fit.'
      : `One of ${fitting.width} × ${fitting.height} pixels would fit.`
  return new ProductError('insufficient_memory', `${needed} ${advice}`, {
    details: {
      device: device.name,
      needed_bytes: expectation.bytes,
      available_bytes: Math.round(available),
      rung: 'refuse' satisfies MemoryRung,
      fits: fitting,
    },
  })
}

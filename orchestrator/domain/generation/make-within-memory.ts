import type { MemoryPlan } from '../../../contracts/entities/memory.ts'
import type { Placement } from '../../../contracts/entities/engine.ts'
import { ProductError } from '../../../contracts/errors.ts'
import type { FailedAttempt, MemoryOrder } from '../memory/memory-order.ts'
import type { MemoryService, PreparedMemory } from '../memory/memory-service.ts'
import type { MadePicture } from './image-worker.ts'

/** A picture, and how it was made to fit. */
export interface FittedPicture {
  readonly picture: MadePicture
  readonly plan: MemoryPlan
}

/** Makes a picture in one way; null when it was cancelled. */
export type MakeOnce = (way: { placement: Placement; tileSide: number | null }) => Promise<MadePicture | null>

/**
 * Makes a picture so that it fits into memory. Where it runs out of it all the same, or comes out blank, it is made once
 * more, two rungs further down; what goes wrong then is for the caller.
 *
 * @param onPlan called with each plan before it is carried out
 * @returns null when it was cancelled
 * @throws ProductError `insufficient_memory`, or what the last attempt ended with
 */
export async function makeWithinMemory(
  memory: MemoryService,
  order: MemoryOrder,
  make: MakeOnce,
  onPlan: (plan: MemoryPlan) => void,
): Promise<FittedPicture | null> {
  const first = await memory.prepare(order)
  try {
    return await attempt(first, make, onPlan)
  } catch (error) {
    const failed = failureOf(error, first.plan)
    const second = failed === null ? null : await memory.prepareAgain(order, failed)
    if (second === null) throw error
    return await attempt(second, make, onPlan)
  }
}

async function attempt(
  prepared: PreparedMemory,
  make: MakeOnce,
  onPlan: (plan: MemoryPlan) => void,
): Promise<FittedPicture | null> {
  try {
    onPlan(prepared.plan)
    const picture = await make({ placement: prepared.placement, tileSide: prepared.plan.tile_side })
    return picture === null ? null : { picture, plan: prepared.learn(picture.used) }
  } finally {
    prepared.end()
  }
}

/** @returns null for failures that memory has nothing to do with */
function failureOf(error: unknown, plan: MemoryPlan): FailedAttempt | null {
  if (!(error instanceof ProductError)) return null
  const { code } = error
  return code === 'out_of_memory' || code === 'blank_image' ? { plan, code } : null
}

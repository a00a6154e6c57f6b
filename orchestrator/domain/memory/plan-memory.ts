import type { MemoryReason, MemoryRung } from '../../../contracts/entities/memory.ts'
import type { Expectation } from './calibrate.ts'
import { measures, type MeasureContext, type PlanState } from './measures.ts'
import type { ModelShape } from './model-shape.ts'
import { predictPeak, type Layout, type PictureDemand } from './predict.ts'
import { sentenceOf } from './sentences.ts'
import { usualTileSide } from './tile-sides.ts'

/** A memory, with what the work may take of it: what is free, and what the engine gives back or holds already. */
export interface Pool {
  readonly name: string
  /** Null where the device does not tell. */
  readonly availableBytes: number | null
  /** What is always left free: a memory that is full to the brim is slow, and others take some meanwhile. */
  readonly marginBytes: number
}

/** Everything a plan goes by. */
export interface PlanInput {
  readonly shape: ModelShape
  readonly demand: PictureDemand
  /** Where the model wants to be, by its preset. */
  readonly wished: Layout
  readonly device: Pool
  /** The machine's own memory; null where that is the device. */
  readonly system: Pool | null
  readonly releasables: MeasureContext['releasables']
  /** Corrects what the figures say by what earlier runs took. */
  readonly expect: (rawBytes: number, layout: Layout) => Expectation
  /** Where an attempt has failed: the rung it was on, to go at least two further down than that. */
  readonly failedOn: MemoryRung | null
}

/** What a plan decides. */
export interface Decision extends PlanState {
  readonly rung: MemoryRung
  readonly expectation: Expectation
  readonly reasons: readonly MemoryReason[]
  /** False where the attempt before was made in the same way already. */
  readonly changed: boolean
}

/** How many rungs further down a second attempt goes. */
const stepsAfterFailure = 2

/** Beyond so many pixels the decoder needs most; on a device that does not tell its memory it works in tiles then. */
const tileBeyondPixels = 768 * 768

/**
 * Decides how a picture is made so that it fits: the cheapest rung that is expected to fit with the margin of error. Where
 * even the last one may not, but could, it is tried; where it cannot, the answer is `refuse`.
 */
export function planMemory(input: PlanInput): Decision {
  const context = contextOf(input)
  const reasons: MemoryReason[] = []
  let state = firstState(input)
  let rung: MemoryRung = 'proceed'
  let steps = 0
  for (const measure of measures) {
    const downEnough = input.failedOn === null || steps >= stepsAfterFailure
    if (downEnough && context.fits(state)) break
    const next = measure.take(state, context)
    if (next === null) continue
    reasons.push(reasonFor(measure.rung, input, state, next))
    state = next
    rung = measure.rung
    steps += 1
  }
  const last = withoutNeedlessTiles(input, state, context)
  if (!couldFit(input, last)) {
    reasons.push(reasonFor('refuse', input, last, last))
    rung = 'refuse'
  }
  return { ...last, rung, expectation: expectation(input, last), reasons, changed: steps > 0 }
}

/**
 * The largest picture of the same shape that would fit, with every measure taken.
 *
 * @returns null where not even the smallest would
 */
export function largestThatFits(input: PlanInput): { width: number; height: number } | null {
  for (let share = 15; share >= 1; share -= 1) {
    const [width, height] = [input.demand.width, input.demand.height].map(
      (side) => Math.max(1, Math.floor((side * share) / 16 / 64)) * 64,
    ) as [number, number]
    const smaller = { ...input, failedOn: null, demand: { ...input.demand, width, height } }
    if (planMemory(smaller).rung !== 'refuse') return { width, height }
  }
  return null
}

function firstState({ wished, demand, device }: PlanInput): PlanState {
  const pixels = demand.width * demand.height
  const blind = device.availableBytes === null && pixels > tileBeyondPixels
  const tileSide = wished.tileSide ?? (blind ? usualTileSide(demand.width, demand.height) : null)
  return { layout: { ...wished, tileSide }, releases: [], freedBytes: 0 }
}

function contextOf(input: PlanInput): MeasureContext {
  return {
    width: input.demand.width,
    height: input.demand.height,
    shared: input.system === null,
    releasables: input.releasables,
    fits: (state) => isWithin(input, state, (expected) => expected.bytes + expected.errorBytes, true),
    needed: (state) => expectation(input, state).bytes,
    smallestTiles: input.failedOn !== null,
  }
}

/** True where the work would fit if it took as little as may be. */
function couldFit(input: PlanInput, state: PlanState): boolean {
  return isWithin(input, state, (expected) => expected.bytes - expected.errorBytes, false)
}

function isWithin(
  input: PlanInput,
  state: PlanState,
  needOf: (expected: Expectation) => number,
  withMargin: boolean,
): boolean {
  const { device, system } = input
  const margin = (pool: Pool) => (withMargin ? pool.marginBytes : 0)
  const left = device.availableBytes === null ? Infinity : device.availableBytes + state.freedBytes
  const raw = rawPeak(input, state)
  const onSystem = system?.availableBytes ?? Infinity
  return (
    needOf(input.expect(raw.device, state.layout)) + margin(device) <= left &&
    (system === null || raw.system + margin(system) <= onSystem)
  )
}

/** On the processor there may be room for the whole picture at once. */
function withoutNeedlessTiles(input: PlanInput, state: PlanState, context: MeasureContext): PlanState {
  const { tileSide, vae } = state.layout
  if (context.shared || vae === 'device' || tileSide === null) return state
  if (input.wished.tileSide !== null || input.failedOn !== null) return state
  const whole = { ...state, layout: { ...state.layout, tileSide: null } }
  return context.fits(whole) ? whole : state
}

function rawPeak({ shape, demand, system }: PlanInput, { layout }: PlanState) {
  return predictPeak(shape, demand, layout, system === null)
}

function expectation(input: PlanInput, state: PlanState): Expectation {
  return input.expect(rawPeak(input, state).device, state.layout)
}

function reasonFor(rung: MemoryRung, input: PlanInput, before: PlanState, after: PlanState): MemoryReason {
  const { bytes, errorBytes } = expectation(input, before)
  const needed = bytes + errorBytes + input.device.marginBytes
  const available = (input.device.availableBytes ?? 0) + before.freedBytes
  const { tileSide } = after.layout
  const detail = rung === 'tile_vae' && tileSide !== null ? ` of ${tileSide} pixels` : ''
  const again = input.failedOn === null ? '' : 'After a failed attempt: '
  return {
    rung,
    needed_bytes: Math.round(needed),
    available_bytes: Math.round(available),
    message: again + sentenceOf(rung, { needed, available, device: input.device.name }, detail),
  }
}

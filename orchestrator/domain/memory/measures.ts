import type { MemoryRung } from '../../../contracts/entities/memory.ts'
import type { Layout } from './predict.ts'
import type { Releasable } from './releasable.ts'
import { tileSides } from './tile-sides.ts'

/** What a plan has decided so far. */
export interface PlanState {
  readonly layout: Layout
  /** What is given back by others before the work begins, by their names. */
  readonly releases: readonly { readonly name: string; readonly level: 'soft' | 'hard' }[]
  readonly freedBytes: number
}

/** What the measures have to know. */
export interface MeasureContext {
  readonly width: number
  readonly height: number
  /** True where the device is the machine's own memory: moving a part from one to the other changes nothing then. */
  readonly shared: boolean
  readonly releasables: readonly Pick<Releasable, 'name' | 'softBytes' | 'hardBytes'>[]
  /** True where the work would fit like this. */
  fits(state: PlanState): boolean
  /** What the work would need on the device like this, in bytes. */
  needed(state: PlanState): number
  /** True where the smallest tiles are to be taken, because an expectation has already failed. */
  readonly smallestTiles: boolean
}

type Measure = (state: PlanState, context: MeasureContext) => PlanState | null

/** What can be done, in order; each gives the state after it, or null where it would not help. */
export const measures: readonly { readonly rung: MemoryRung; readonly take: Measure }[] = [
  { rung: 'tile_vae', take: tile },
  { rung: 'purge_language_context', take: (state, context) => release(state, context, 'soft') },
  { rung: 'vae_on_cpu', take: (state, context) => moveLayout(state, context, { vae: 'cpu' }) },
  {
    rung: 'text_encoder_on_cpu',
    take: (state, context) => moveLayout(state, context, { textEncoder: 'cpu' }),
  },
  { rung: 'unload_language_model', take: (state, context) => release(state, context, 'hard') },
  { rung: 'offload_parameters', take: (state, context) => moveLayout(state, context, { offload: true }) },
]

/** The largest tiles that fit; where none do, the smallest, if they save anything. */
function tile(state: PlanState, context: MeasureContext): PlanState | null {
  const before = state.layout.tileSide ?? Infinity
  const states = tileSides(context.width, context.height)
    .filter((side) => side < before)
    .map((tileSide) => ({ ...state, layout: { ...state.layout, tileSide } }))
  const fitting = context.smallestTiles ? undefined : states.find((candidate) => context.fits(candidate))
  const chosen = fitting ?? states.at(-1)
  return chosen !== undefined && context.needed(chosen) < context.needed(state) ? chosen : null
}

function moveLayout(state: PlanState, context: MeasureContext, change: Partial<Layout>): PlanState | null {
  if (context.shared) return null
  const moved = { ...state, layout: { ...state.layout, ...change } }
  return context.needed(moved) < context.needed(state) ? moved : null
}

function release(state: PlanState, context: MeasureContext, level: 'soft' | 'hard'): PlanState | null {
  const held = context.releasables.map((other) => {
    const released = state.releases.some(({ name }) => name === other.name)
    const soft = released ? other.softBytes() : 0
    return { name: other.name, bytes: (level === 'soft' ? other.softBytes() : other.hardBytes()) - soft }
  })
  const useful = held.filter(({ bytes }) => bytes > 0)
  if (useful.length === 0) return null
  return {
    ...state,
    releases: [
      ...state.releases.filter(({ name }) => !useful.some((other) => other.name === name)),
      ...useful.map(({ name }) => ({ name, level })),
    ],
    freedBytes: state.freedBytes + useful.reduce((sum, { bytes }) => sum + bytes, 0),
  }
}

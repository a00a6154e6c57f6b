import fc from 'fast-check'
import { calibrate } from '../../../orchestrator/domain/memory/calibrate.ts'
import type { ModelShape } from '../../../orchestrator/domain/memory/model-shape.ts'
import type { PlanInput } from '../../../orchestrator/domain/memory/plan-memory.ts'

/** About the parts of Stable Diffusion 1.5 at half precision. */
export const shape: ModelShape = {
  parameters: { text_encoder: 246_000_000, diffusion: 1_720_000_000, vae: 167_000_000 },
  decoderChannels: 128,
  encoderChannels: 128,
  network: { kind: 'unet', width: 320 },
}

/** A picture of 1024 x 1024 on a card of 24 GB. */
export function planInput(changes: Partial<PlanInput> = {}): PlanInput {
  return {
    shape,
    demand: { width: 1024, height: 1024, fromPicture: false },
    wished: { tileSide: null, vae: 'device', textEncoder: 'device', offload: false },
    device: { name: 'the card', availableBytes: 24e9, marginBytes: 3e8 },
    system: { name: 'the machine', availableBytes: 64e9, marginBytes: 1e8 },
    releasables: [],
    expect: (raw) =>
      calibrate(
        raw,
        { engine: '', device: '', model: '', width: 1, height: 1, from_picture: 0, layout: '' },
        [],
      ),
    failedOn: null,
    ...changes,
  }
}

/** Free memory on a card, with or without a language model that could give some back. */
export const anySituation = fc.record({
  available: fc.integer({ min: 0, max: 30e9 }),
  side: fc.integer({ min: 1, max: 32 }).map((units) => units * 64),
  other: fc.integer({ min: 64, max: 2048 }),
  fromPicture: fc.boolean(),
  soft: fc.integer({ min: 0, max: 2e9 }),
  hard: fc.integer({ min: 0, max: 6e9 }),
  shared: fc.boolean(),
})
type Situation = typeof anySituation extends fc.Arbitrary<infer Value> ? Value : never

/** The plan's input for a situation. */
export function inputOf({ available, side, other, fromPicture, soft, hard, shared }: Situation): PlanInput {
  return planInput({
    demand: { width: side, height: Math.ceil(other / 64) * 64, fromPicture },
    device: { name: 'the card', availableBytes: available, marginBytes: 3e8 },
    ...(shared && { system: null }),
    releasables: [
      { name: 'the language model', softBytes: () => soft, hardBytes: () => Math.max(soft, hard) },
    ],
  })
}

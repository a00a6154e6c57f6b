import { expect, test } from 'vitest'
import { ProductError } from '../../../contracts/errors.ts'
import { makeWithinMemory } from '../../../orchestrator/domain/generation/make-within-memory.ts'
import type { MadePicture } from '../../../orchestrator/domain/generation/image-worker.ts'
import type { MemoryPlan } from '../../../contracts/entities/memory.ts'
import { openMemory, ram } from './service-support.ts'

const plenty = () => Promise.resolve([ram(20e9)])

function picture(enginePeakBytes: number): MadePicture {
  return {
    png: Buffer.alloc(0),
    width: 1024,
    height: 1024,
    engine: { name: 'one', version: '1.0' },
    used: { engine: 'one 1.0', enginePeakBytes, devicePeakBytes: null },
  }
}

test('[memory-reserve] two pictures at once never count on the same free memory', async () => {
  // Room for one picture at once (1.9 GB, 2.5 GB with the margin of error), but not for two.
  const { memory, registry, order } = openMemory(() => Promise.resolve([ram(3.2e9)]))
  const [one, other] = await Promise.all([memory.prepare(order()), memory.prepare(order())])
  expect(one.plan).toMatchObject({ rung: 'proceed', tile_side: null })
  expect(other.plan.rung).toBe('tile_vae')
  expect(one.plan.predicted_bytes + other.plan.predicted_bytes).toBeLessThan(3.2e9)
  const [device] = await registry.read()
  expect(device?.reserved_bytes).toBe(one.plan.predicted_bytes + other.plan.predicted_bytes)
  expect(device?.projected_bytes).toBe((device?.ours_bytes ?? 0) + (device?.reserved_bytes ?? 0))
  one.end()
  other.end()
  expect(registry.outstanding('ram')).toBe(0)
  expect((await memory.prepare(order())).plan.rung).toBe('proceed')
})

test('[memory-reserve] what work under way holds by now is not counted twice', () => {
  const { registry } = openMemory(plenty)
  let held = 0
  const end = registry.reserve('ram', 1000, () => held)
  expect(registry.outstanding('ram')).toBe(1000)
  held = 700
  expect(registry.outstanding('ram')).toBe(300)
  held = 1500
  expect(registry.outstanding('ram')).toBe(0)
  end()
})

test('[memory-refused] a picture that cannot fit is refused with the numbers and a size that would', async () => {
  const { memory, registry, order, told } = openMemory(() => Promise.resolve([ram(0.35e9)]))
  const refused = await memory.prepare(order({ width: 4096, height: 4096 })).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(ProductError)
  expect(refused).toMatchObject({
    code: 'insufficient_memory',
    message: expect.stringMatching(/needs about .* free .* pixels would fit/),
    details: { available_bytes: 350_000_000, fits: { width: expect.any(Number) } },
  })
  expect(registry.outstanding('ram')).toBe(0)
  expect(told.at(-1)?.event).toMatchObject({ type: 'memory-planned', plan: { rung: 'refuse' } })
})

test('[memory-background] work that nobody waits for does not begin where anything had to make room', async () => {
  const tight = openMemory(() => Promise.resolve([ram(1.2e9)]))
  expect(await tight.memory.prepareInBackground(tight.order())).toBeNull()
  expect(tight.told).toEqual([])
  const { memory, order } = openMemory(plenty)
  expect((await memory.prepareInBackground(order()))?.plan.rung).toBe('proceed')
})

test.each(['out_of_memory', 'blank_image'] as const)(
  '[memory-retry] after %s the picture is made once more, further down, and its record says so',
  async (code) => {
    const { memory, order, told, registry } = openMemory(plenty)
    const plans: MemoryPlan[] = []
    const made = await makeWithinMemory(
      memory,
      order(),
      async ({ tileSide }) => {
        if (tileSide === null) throw new ProductError(code)
        return picture(1e9)
      },
      (plan) => void plans.push(plan),
    )
    expect(plans.map(({ rung }) => rung)).toEqual(['proceed', 'tile_vae'])
    expect(made?.plan).toMatchObject({ retried_after: code, tile_side: 192, actual_bytes: 1e9 })
    expect(told.map(({ message }) => message)).toEqual([expect.stringMatching(/^After a failed attempt: /)])
    expect(registry.outstanding('ram')).toBe(0)
  },
)

test('[memory-retry] it is made once more only once, and the second failure is told as it is', async () => {
  const { memory, order, registry } = openMemory(plenty)
  let attempts = 0
  const run = makeWithinMemory(
    memory,
    order(),
    async () => {
      attempts += 1
      throw new ProductError('out_of_memory', `attempt ${attempts}`)
    },
    () => undefined,
  )
  await expect(run).rejects.toMatchObject({
    code: 'out_of_memory',
    message: expect.stringMatching(/^attempt 2/),
  })
  expect(registry.outstanding('ram')).toBe(0)
})

test('[memory-retry] failures that memory has nothing to do with, and what cannot be done otherwise, are left alone', async () => {
  const { memory, order } = openMemory(plenty)
  for (const [code, side] of [
    ['engine_hung', 1024],
    ['out_of_memory', 64],
  ] as const) {
    let attempts = 0
    const run = makeWithinMemory(
      memory,
      order({ width: side, height: side }),
      async () => {
        attempts += 1
        throw new ProductError(code)
      },
      () => undefined,
    )
    await expect(run).rejects.toMatchObject({ code })
    expect(attempts).toBe(1)
  }
})

test('[memory-calibration] what runs took is kept, and the next expectation goes by it', async () => {
  const { memory, order } = openMemory(plenty)
  for (let run = 0; run < 5; run += 1) {
    const prepared = await memory.prepare(order())
    expect(prepared.learn(picture(2.9e9).used).actual_bytes).toBe(2.9e9)
    prepared.end()
  }
  const { decision } = await memory.foresee(order())
  expect(Math.abs(decision.expectation.bytes - 2.9e9) / 2.9e9).toBeLessThan(0.001)
  expect(decision.expectation.compared).toBe(5)
})

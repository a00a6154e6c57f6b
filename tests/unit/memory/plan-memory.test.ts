import fc from 'fast-check'
import { expect, test } from 'vitest'
import { memoryRungs } from '../../../contracts/entities/memory.ts'
import { largestThatFits, planMemory } from '../../../orchestrator/domain/memory/plan-memory.ts'
import { anySituation, inputOf, planInput } from './plan-support.ts'

const depth = (rung: (typeof memoryRungs)[number]) => memoryRungs.indexOf(rung)

test('[memory-ladder] a plan that goes on fits as far as can be told, and one that is refused cannot fit', () => {
  fc.assert(
    fc.property(anySituation, (situation) => {
      const { rung, expectation, freedBytes } = planMemory(inputOf(situation))
      const least = expectation.bytes - expectation.errorBytes
      expect(least <= situation.available + freedBytes).toBe(rung !== 'refuse')
    }),
  )
})

test('[memory-ladder] more free memory never leads further down', () => {
  fc.assert(
    fc.property(anySituation, fc.integer({ min: 0, max: 10e9 }), (situation, more) => {
      const { rung } = planMemory(inputOf(situation))
      const easier = planMemory(inputOf({ ...situation, available: situation.available + more }))
      expect(depth(easier.rung)).toBeLessThanOrEqual(depth(rung))
    }),
  )
})

test('[memory-ladder] each measure is in order, has its reason, and nothing is done where all fits', () => {
  fc.assert(
    fc.property(anySituation, (situation) => {
      const { rung, reasons, layout, releases } = planMemory(inputOf(situation))
      const rungs = reasons.map((reason) => depth(reason.rung))
      expect(rungs).toEqual(rungs.toSorted((one, other) => one - other))
      const calm = { reasons: [], releases: [], tileSide: null }
      expect(reasons.at(-1)?.rung ?? 'proceed').toBe(rung)
      const done = { reasons, releases, tileSide: layout.tileSide }
      expect(rung === 'proceed' ? done : calm).toEqual(calm)
    }),
  )
})

test('[memory-ladder] on the memory of the machine itself, nothing is moved to where it already is', () => {
  fc.assert(
    fc.property(anySituation, (situation) => {
      const { layout } = planMemory(inputOf({ ...situation, shared: true }))
      expect(layout).toMatchObject({ vae: 'device', textEncoder: 'device', offload: false })
    }),
  )
})

test('[memory-ladder] after a failure a plan goes further down than before, or says that it cannot', () => {
  fc.assert(
    fc.property(anySituation, (situation) => {
      const input = inputOf(situation)
      const first = planMemory(input)
      fc.pre(first.rung !== 'refuse')
      const second = planMemory({ ...input, wished: first.layout, failedOn: first.rung })
      const same =
        JSON.stringify(second.layout) === JSON.stringify(first.layout) && second.releases.length === 0
      expect(second.changed && second.rung !== 'refuse' ? same : false).toBe(false)
      expect(second.reasons.length > 0).toBe(second.changed || second.rung === 'refuse')
    }),
  )
})

test.each([
  [24e9, 'proceed'],
  [7e9, 'tile_vae'],
  [4.1e9, 'purge_language_context'],
  [4e9, 'vae_on_cpu'],
  [3.7e9, 'text_encoder_on_cpu'],
  [3.2e9, 'unload_language_model'],
  [2.4e9, 'offload_parameters'],
  [0.2e9, 'refuse'],
] as const)('[memory-ladder] with %d bytes free, the plan is to %s', (available, rung) => {
  const language = { name: 'the language model', softBytes: () => 5e7, hardBytes: () => 5e8 }
  const device = { name: 'the card', availableBytes: available, marginBytes: 3e8 }
  expect(planMemory(planInput({ device, releasables: [language] })).rung).toBe(rung)
})

test('[memory-ladder] a refusal names a size that would fit', () => {
  const device = { name: 'the machine', availableBytes: 2.4e9, marginBytes: 0 }
  const input = planInput({ device, system: null, demand: { width: 4096, height: 2048, fromPicture: false } })
  expect(planMemory(input).rung).toBe('refuse')
  const fitting = largestThatFits(input)
  expect(fitting).not.toBeNull()
  expect(planMemory({ ...input, demand: { ...fitting!, fromPicture: false } }).rung).not.toBe('refuse')
})

test('[memory-ladder] a device that does not tell its memory is worked on with care', () => {
  const device = { name: 'the card', availableBytes: null, marginBytes: 3e8 }
  expect(planMemory(planInput({ device })).layout.tileSide).toBe(592)
  const small = { width: 512, height: 512, fromPicture: false }
  expect(planMemory(planInput({ device, demand: small })).layout.tileSide).toBeNull()
})

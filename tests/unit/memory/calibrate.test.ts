import fc from 'fast-check'
import { expect, test } from 'vitest'
import { calibrate, type Observation, type RunKind } from '../../../orchestrator/domain/memory/calibrate.ts'

const kind: RunKind = {
  engine: 'one 1.0',
  device: 'ram',
  model: 'boats',
  width: 512,
  height: 512,
  from_picture: 0,
  layout: '[null]',
}

const run = (raw: number, actual: number, changes: Partial<Observation> = {}): Observation => ({
  ...kind,
  raw_bytes: raw,
  actual_bytes: actual,
  ...changes,
})

test('[memory-calibration] without earlier runs the figures stand, with a wide margin', () => {
  expect(calibrate(1000, kind, [])).toEqual({ bytes: 1000, errorBytes: 300, compared: 0 })
})

test('[memory-calibration] runs of the very same kind count before all others, however far off the figures are', () => {
  const same = [run(1000, 2500), run(1000, 2500)]
  const others = [run(1000, 900, { width: 64 }), run(1000, 800, { model: 'cats' })]
  expect(calibrate(1000, kind, [...same, ...others])).toEqual({ bytes: 2500, errorBytes: 75, compared: 2 })
})

test('[memory-calibration] other sizes of the model correct what is not known yet; runs of another device do not', () => {
  const other = run(2000, 2400, { width: 1024 })
  expect(calibrate(1000, kind, [other])).toMatchObject({ bytes: 1200, compared: 1 })
  expect(calibrate(1000, kind, [{ ...other, device: 'nvidia-0' }])).toMatchObject({
    bytes: 1000,
    compared: 0,
  })
  const model = run(1000, 1100, { model: 'cats' })
  expect(calibrate(1000, kind, [model])).toEqual({ bytes: 1100, errorBytes: 220, compared: 1 })
})

test('[memory-calibration] after five runs of a kind, whatever the figures say, the next lies within a tenth', () => {
  const noise = fc.double({ min: 0.96, max: 1.04, noNaN: true })
  fc.assert(
    fc.property(
      fc.integer({ min: 1e6, max: 1e11 }),
      fc.double({ min: 0.3, max: 3, noNaN: true }),
      fc.array(noise, { minLength: 6, maxLength: 6 }),
      (raw, off, [next = 1, ...noises]) => {
        const runs = noises.map((factor) => run(raw, Math.round(raw * off * factor)))
        const { bytes, errorBytes } = calibrate(raw, kind, runs)
        const actual = raw * off * next
        expect(Math.abs(bytes - actual) / actual).toBeLessThan(0.1)
        expect(errorBytes / bytes).toBeLessThanOrEqual(0.3)
      },
    ),
  )
})

test('[memory-calibration] only the latest runs count, since a driver may change', () => {
  const now = Array.from({ length: 20 }, () => run(1000, 2000))
  const before = Array.from({ length: 50 }, () => run(1000, 500))
  expect(calibrate(1000, kind, [...now, ...before]).bytes).toBe(2000)
})

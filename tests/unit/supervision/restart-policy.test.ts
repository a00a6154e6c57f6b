import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  decideRestart,
  defaultRestartLimits as limits,
} from '../../../orchestrator/supervision/restart-policy.ts'

test('[supervision-restart] the delay doubles with each failure up to the fifth, which is the last', () => {
  const times = [0, 1000, 2000, 3000, 4000]
  expect(times.map((_, index) => decideRestart(times.slice(0, index + 1)))).toEqual([
    { action: 'restart', delayMs: 500 },
    { action: 'restart', delayMs: 1000 },
    { action: 'restart', delayMs: 2000 },
    { action: 'restart', delayMs: 4000 },
    { action: 'give-up' },
  ])
})

test('[supervision-restart] failures beyond the window are forgotten', () => {
  expect(decideRestart([0, 1, 2, 3, limits.windowMs + 3])).toEqual({ action: 'restart', delayMs: 500 })
  expect(decideRestart([0, 1, 2, 3, limits.windowMs - 1])).toEqual({ action: 'give-up' })
})

test('[supervision-restart] the delay never exceeds the longest one', () => {
  const patient = { ...limits, failures: 100 }
  expect(
    decideRestart(
      Array.from({ length: 20 }, (_, index) => index),
      patient,
    ),
  ).toEqual({ action: 'restart', delayMs: limits.longestDelayMs })
})

test('[supervision-restart] it gives up exactly when enough failures lie in the window', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 200_000 }), { minLength: 1, maxLength: 12 }),
      (unsorted) => {
        const times = unsorted.toSorted((left, right) => left - right)
        const latest = times.at(-1) ?? 0
        const inWindow = times.filter((time) => latest - time < limits.windowMs).length
        expect(decideRestart(times).action).toBe(inWindow >= limits.failures ? 'give-up' : 'restart')
      },
    ),
  )
})

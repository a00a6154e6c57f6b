import { expect, test } from 'vitest'
import { countResults, summary } from '../../../packaging/test/count.mjs'

const file = (status: string, ...statuses: string[]) => ({
  status,
  assertionResults: statuses.map((each) => ({ status: each })),
})

test('counts passed, failed, and everything that did not run as skipped', () => {
  const testResults = [
    file('passed', 'passed', 'pending', 'todo', 'skipped'),
    file('failed', 'passed', 'failed'),
  ]
  const counts = countResults({ testResults })
  expect(summary(counts)).toBe('2 passed, 1 failed, 3 skipped')
})

test('a file that broke before its tests is one failure', () => {
  expect(countResults({ testResults: [file('failed')] })).toEqual({ passed: 0, failed: 1, skipped: 0 })
})

test('a file that broke after its tests passed is one failure', () => {
  const counts = countResults({ testResults: [file('failed', 'passed')] })
  expect(counts).toEqual({ passed: 1, failed: 1, skipped: 0 })
})

import { totalmem } from 'node:os'
import { expect, test } from 'vitest'
import { LastWords } from '../../../orchestrator/supervision/last-words.ts'
import { readSystemMemory } from '../../../orchestrator/supervision/process-memory.ts'

test('the memory of the machine is told in bytes', () => {
  const { totalBytes, availableBytes } = readSystemMemory()
  expect(totalBytes).toBe(totalmem())
  expect(availableBytes).toBeGreaterThan(0)
  expect(availableBytes).toBeLessThanOrEqual(totalBytes)
})

test('last words are the end of what was said', () => {
  const words = new LastWords(10)
  expect(words.text).toBeNull()
  words.add('first\n')
  words.add('and the last\n')
  expect(words.text).toBe('the last')
})

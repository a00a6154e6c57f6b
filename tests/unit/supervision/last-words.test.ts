import { expect, test } from 'vitest'
import { LastWords } from '../../../orchestrator/supervision/last-words.ts'

test('last words are the end of what was said', () => {
  const words = new LastWords(10)
  expect(words.text).toBeNull()
  words.add('first\n')
  words.add('and the last\n')
  expect(words.text).toBe('the last')
})

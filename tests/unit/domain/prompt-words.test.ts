import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sortPromptWords } from '../../../contracts/prompt-words.ts'

const vocabulary = { words: ['red', 'boat', 'sea', '8-bit', 'dunes'], examples: [] }

test.each([
  ['a red boat on the sea', ['red', 'boat', 'sea'], []],
  ['A RED Boat, on the Sea!', ['red', 'boat', 'sea'], []],
  ['two red boats', ['red', 'boats'], ['two']],
  ['red red red', ['red'], []],
  ['an 8-bit boat', ['8-bit', 'boat'], []],
  ['ein rotes Boot, größer', [], ['ein', 'rotes', 'boot', 'größer']],
  ['a dune', [], ['dune']],
  ['a picture of the', [], []],
  ['!?… 🚢', [], []],
])('[model-vocabulary] %j is sorted into known and unknown words', (prompt, known, unknown) => {
  expect(sortPromptWords(prompt, vocabulary)).toEqual({ known, unknown })
})

test('[model-vocabulary] no word is both known and unknown, or named twice', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (prompt) => {
      const { known, unknown } = sortPromptWords(prompt, vocabulary)
      expect(new Set([...known, ...unknown]).size).toBe(known.length + unknown.length)
    }),
  )
})

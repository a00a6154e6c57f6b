import { expect, test } from 'vitest'
import type { z } from 'zod'
import { capabilities } from '../../../contracts/capabilities/index.ts'
import { ProductError } from '../../../contracts/errors.ts'
import { checkInput } from '../../../orchestrator/domain/check-input.ts'

function failureOf(input: unknown, schema: z.ZodType): ProductError {
  try {
    checkInput(schema, input)
  } catch (error) {
    if (error instanceof ProductError && error.code === 'invalid_input') return error
    throw error
  }
  throw new Error('It passed.')
}

/** The fields that are named as wrong, each with a sentence and in the message as well. */
function fieldsOf(input: unknown, schema: z.ZodType = capabilities.generate.input): string[] {
  const error = failureOf(input, schema)
  const fields = error.details['fields'] as { field: string; message: string }[]
  for (const { field, message } of fields) {
    expect(message).toMatch(/[.!?]$/)
    expect(error.message).toContain(field)
  }
  return fields.map(({ field }) => field)
}

test('[contracts-strict] what is right passes, with its defaults', () => {
  expect(checkInput(capabilities.list_generations.input, {})).toEqual({
    limit: 50,
    deleted: false,
    direction: 'forward',
  })
})

test.each([
  [{}, ['prompt']],
  [{ prompt: '' }, ['prompt']],
  [{ prompt: ' \n\t' }, ['prompt']],
  [{ prompt: 'x'.repeat(4001) }, ['prompt']],
  [{ prompt: 'a', width: 63 }, ['width', 'width']],
  [{ prompt: 'a', width: -8 }, ['width']],
  [{ prompt: 'a', width: 100 }, ['width']],
  [{ prompt: 'a', width: 4104 }, ['width']],
  [{ prompt: 'a', width: Number.NaN }, ['width']],
  [{ prompt: 'a', width: '512' }, ['width']],
  [{ prompt: 'a', width: 512.5 }, ['width', 'width']],
  [
    { prompt: 'a', count: 5, steps: 0, guidance: 31, seed: -1, strength: 1.5 },
    ['count', 'seed', 'steps', 'guidance', 'strength'],
  ],
  [{ prompt: 'a', sampler: 'magic' }, ['sampler']],
  [{ prompt: 'a', colour: 'red', size: 1 }, ['colour', 'size']],
  [{ prompt: 'a', preset: '../etc' }, ['preset']],
  [{ prompt: 'a', generation: '0' }, ['generation']],
  [{ prompt: 'a', init_image: 'ABC' }, ['init_image']],
])('[contracts-strict] %j is refused with its fields named', (input, fields) => {
  expect([...new Set(fieldsOf(input))].toSorted()).toEqual([...new Set(fields)].toSorted())
})

test.each([null, undefined, 'text', 7, []])('[contracts-strict] %j is refused as a whole', (input) => {
  expect(fieldsOf(input)).toEqual([''])
})

test('[contracts-strict] a key inside another field is named with its path', () => {
  const input = { id: 'a', name: 'A', files: { model: '/m', lora: '/l' } }
  expect(fieldsOf(input, capabilities.save_preset.input)).toEqual(['files.lora'])
})

import { describe, expect, test } from 'vitest'
import { styleRequest } from '../../../orchestrator/domain/styles/styled-request.ts'
import type { StyleRow } from '../../../orchestrator/storage/style-row.ts'
import { preset } from '../domain/support.ts'
import { content } from './support.ts'

const ink: StyleRow = {
  ...content('Ink', {
    negative_prompt: 'blur',
    parameters: { steps: 9, guidance: 3, aspect: 'portrait' },
  }),
  id: 1,
  normalized_name: 'ink',
  source: 'own',
  origin: null,
  deleted_at: null,
  preview_sha256: null,
}

describe('[styles-generate] a request in a style', () => {
  test('has its words and settings, over those of the preset', () => {
    expect(styleRequest({ prompt: 'a boat', style: 'ink' }, ink, preset())).toEqual({
      input: {
        prompt: 'a boat, ink',
        negative_prompt: 'fog, blur',
        style: 'ink',
        steps: 9,
        guidance: 3,
        aspect: 'portrait',
      },
      marks: { style: 'Ink', own_prompt: 'a boat', own_negative_prompt: 'fog' },
    })
  })

  test('keeps what is said outright', () => {
    const said = { prompt: 'a', negative_prompt: '', steps: 5, guidance: 0, width: 64 }
    expect(styleRequest(said, ink, preset()).input).toMatchObject({
      ...said,
      negative_prompt: 'blur',
      prompt: 'a, ink',
      aspect: undefined,
    })
    expect(styleRequest({ prompt: 'a', aspect: 'square' }, ink, preset()).input.aspect).toBe('square')
  })

  test('keeps the shape of the picture it starts from', () => {
    expect(styleRequest({ prompt: 'a', generation: '1' }, ink, preset()).input.aspect).toBeUndefined()
  })

  test('knows the words of the person in a prompt that is in the style already', () => {
    const { input, marks } = styleRequest({ prompt: 'a boat, ink' }, ink, preset())
    expect([input.prompt, marks.own_prompt]).toEqual(['a boat, ink', 'a boat'])
  })

  test('without a style stays as it is', () => {
    const input = { prompt: 'a boat' }
    expect(styleRequest(input, null, preset())).toEqual({ input, marks: {} })
  })
})

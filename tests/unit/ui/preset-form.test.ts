import { describe, expect, test } from 'vitest'
import { presetIdSchema } from '../../../contracts/entities/preset.ts'
import {
  checkForm,
  fromForm,
  idOf,
  toForm,
  toSaveInput,
  type PresetForm,
} from '../../../ui/features/presets/preset-form.ts'
import { preset } from './support.ts'

const filled: PresetForm = {
  ...toForm(null),
  id: 'mine',
  name: ' Mine ',
  files: { model: '/models/mine.gguf' },
}

describe('the form of a preset', () => {
  test('an unchanged preset is saved as it was', () => {
    const before = preset({
      description: 'For boats.',
      files: { model: '/m.safetensors', vae: '/v.safetensors' },
    })
    expect(fromForm(toForm(before), before)).toEqual(toSaveInput(before))
  })

  test('what is left empty is left to the server', () => {
    expect(fromForm({ ...filled, steps: 8 }, null)).toEqual({
      id: 'mine',
      name: 'Mine',
      description: '',
      files: { model: '/models/mine.gguf' },
      defaults: { steps: 8 },
      placement: { device: 'auto' },
    })
  })

  test('what the form does not show of a preset is kept', () => {
    const before = preset({
      defaults: { ...preset().defaults, sampler: 'heun' },
      placement: { ...preset().placement, vae: 'cpu' },
    })
    const saved = fromForm({ ...toForm(before), steps: 3 }, before)
    expect(saved.defaults).toMatchObject({ sampler: 'heun', steps: 3 })
    expect(saved.placement).toMatchObject({ vae: 'cpu' })
  })
})

describe('the check of the form', () => {
  test('finds nothing wrong with a good one', () => {
    expect(checkForm(filled, null, [])).toEqual({})
  })

  test('names the fields that are missing', () => {
    const errors = checkForm(toForm(null), null, [])
    expect(errors).toMatchObject({ name: 'Give it a name.', 'files.model': 'Choose the model file.' })
  })

  test('a name that is taken is refused for a new preset and fine for the one that has it', () => {
    expect(checkForm(filled, null, ['mine'])).toEqual({ name: 'There is a preset of this name already.' })
    expect(checkForm({ ...filled, id: 'sketch' }, preset(), ['sketch'])).toEqual({})
  })

  test('sizes are checked as the server checks them', () => {
    expect(checkForm({ ...filled, width: 100 }, null, [])).toEqual({
      'defaults.width': 'A multiple of 8 pixels.',
    })
    expect(checkForm({ ...filled, maxSide: 5000 }, null, [])).toHaveProperty('max_side')
  })
})

test('an id is made of a name', () => {
  expect(['Dream Shaper 8', 'Éclair (v1.5)!', '--x--', 'a'.repeat(63) + ' b'].map(idOf)).toEqual([
    'dream-shaper-8',
    'eclair-v1-5',
    'x',
    'a'.repeat(63),
  ])
  expect(presetIdSchema.safeParse(idOf(`${'a'.repeat(63)} b`)).success).toBe(true)
})

test('a name without a letter or digit of ours gives no id, and the form says so', () => {
  expect(idOf('画像')).toBe('')
  expect(checkForm({ ...filled, id: '', name: '画像' }, null, [])).toHaveProperty('id')
})

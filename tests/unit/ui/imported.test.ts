import { describe, expect, test } from 'vitest'
import { importedPresetId, type Recipe } from '../../../contracts/entities/recipe.ts'
import { draftSchema, fromRecipe, toVariation } from '../../../ui/generation/draft.ts'
import { importedRows } from '../../../ui/generation/imported-rows.ts'
import { titleOf } from '../../../ui/generation/title-of.ts'
import { describeGaps } from '../../../ui/generation/describe-gaps.ts'
import { recipe } from '../storage/support.ts'

const foreign: Recipe = recipe({
  prompt: '',
  preset: { id: importedPresetId, name: 'dreamshaper', family: 'unknown', files: [] },
  imported: {
    tool: 'ComfyUI',
    file: 'boat.png',
    model: 'dreamshaper',
    gaps: ['prompt', 'seed', 'size', 'sampler', 'model'],
    unread: [{ name: 'LoRA', value: 'ink (0.8)' }],
  },
})

describe('[interface-reuse-imported] a recipe from elsewhere', () => {
  test('fills in what its file says, and leaves the rest to the preset', () => {
    const draft = fromRecipe(foreign)
    expect(draftSchema.parse(draft)).toEqual(draft)
    expect(draft).toMatchObject({ preset: null, seed: null })
    expect(Object.keys(draft.settings).toSorted()).toEqual([
      'clip_skip',
      'guidance',
      'negative_prompt',
      'scheduler',
      'steps',
    ])
    expect(toVariation(draft)).not.toHaveProperty('preset')
  })

  test('a recipe of our own fills in everything', () => {
    const own = fromRecipe(recipe())
    expect(own).toMatchObject({ preset: 'small-world', seed: 42 })
    expect(Object.keys(own.settings)).toHaveLength(8)
    expect(toVariation(own)).toMatchObject({ preset: 'small-world', steps: 20, width: 128 })
    expect(toVariation(own)).not.toHaveProperty('seed')
  })

  test('what cannot be taken over is said in words', () => {
    expect(describeGaps(foreign)).toBe(
      'The model dreamshaper is not here; the chosen preset is used instead. ' +
        'Not in the file, or not known here: prompt, seed, size, sampler.',
    )
    expect(describeGaps(recipe())).toBeNull()
    const masked = { ...recipe(), mask_picture: 'a'.repeat(64) }
    expect(describeGaps(masked)).toBe('Its mask is left out here.')
    expect(describeGaps({ ...masked, control_picture: 'b'.repeat(64) })).toBe(
      'Its mask and its control picture are left out here.',
    )
  })

  test('is shown without values nobody chose, and with what else the file says', () => {
    const rows = ['Seed', 'Steps', 'Time', 'File', 'Preset'].map((label) => ({ label, value: '1' }))
    const { imported } = foreign
    expect(imported === undefined ? [] : importedRows(rows, imported)).toEqual([
      { label: 'Steps', value: '1' },
      { label: 'Model', value: 'dreamshaper', copy: true },
      { label: 'Made with', value: 'ComfyUI' },
      { label: 'Imported from', value: 'boat.png' },
      { label: 'LoRA', value: 'ink (0.8)' },
    ])
  })

  test('is called by its file where it has no prompt', () => {
    expect(titleOf({ recipe: foreign })).toBe('boat.png')
    expect(titleOf({ recipe: recipe() })).toBe('a red boat on the sea')
  })
})

import { describe, expect, test } from 'vitest'
import { generate } from '../../../contracts/capabilities/generation.ts'
import {
  countChanges,
  draftSchema,
  effectiveSettings,
  freshDraft,
  fromRecipe,
  randomSeed,
  toRequest,
} from '../../../ui/generation/draft.ts'
import { preset, recipe } from './support.ts'

describe('a draft', () => {
  test('follows the preset in everything a person has not changed', () => {
    const draft = { ...freshDraft(), settings: { steps: 5 } }
    const other = preset({ defaults: { ...preset().defaults, guidance: 9, steps: 30 } })
    expect(effectiveSettings(draft, other)).toMatchObject({ steps: 5, guidance: 9, width: 128 })
  })

  test('counts what differs from the preset, not what was touched', () => {
    const draft = { ...freshDraft(), settings: { clip_skip: 2, steps: 20 } }
    expect(countChanges(draft, preset(), ['clip_skip', 'steps', 'width'])).toBe(1)
  })

  test('becomes a request that the server takes, without a seed where none is locked', () => {
    const request = toRequest({ ...freshDraft(), prompt: '  a red boat ' }, preset())
    expect(generate.input.safeParse(request).error).toBeUndefined()
    expect(request).toMatchObject({ prompt: 'a red boat', preset: 'sketch', steps: 20, count: 1 })
    expect(request).not.toHaveProperty('seed')
    expect(request).not.toHaveProperty('strength')
    expect(toRequest({ ...freshDraft(), prompt: 'a', seed: 0 }, preset()).seed).toBe(0)
  })

  test('names its source by what it is, with the strength', () => {
    const upload = {
      ...freshDraft(),
      prompt: 'a',
      strength: 0.3,
      source: { kind: 'upload', id: 'ab'.repeat(32), url: '' },
    } as const
    expect(toRequest(upload, preset())).toMatchObject({ init_image: 'ab'.repeat(32), strength: 0.3 })
    const earlier = { ...upload, source: { kind: 'generation', id: '77', url: '' } } as const
    expect(toRequest(earlier, preset())).toMatchObject({ generation: '77', strength: 0.3 })
    expect(toRequest(earlier, preset())).not.toHaveProperty('init_image')
  })
})

describe('the draft of a recipe', () => {
  const special = {
    ...recipe,
    negative_prompt: 'fog',
    seed: 0,
    width: 64,
    height: 72,
    steps: 3,
    guidance: 1.5,
    sampler: 'heun',
    scheduler: 'karras',
    clip_skip: 2,
    vae_tiling: true,
    mode: 'img2img',
    strength: 0.25,
    source_generation: '77',
  } as const

  test('asks for exactly this picture again, whatever the preset says by now', () => {
    const changed = preset({
      defaults: { ...preset().defaults, steps: 99, guidance: 12, negative_prompt: 'rain' },
    })
    expect(toRequest(fromRecipe(special), changed)).toEqual({
      prompt: 'a red boat',
      preset: 'sketch',
      negative_prompt: 'fog',
      seed: 0,
      width: 64,
      height: 72,
      steps: 3,
      guidance: 1.5,
      sampler: 'heun',
      scheduler: 'karras',
      clip_skip: 2,
      vae_tiling: true,
      count: 1,
      generation: '77',
      strength: 0.25,
    })
  })

  test('can be stored and read back', () => {
    const draft = fromRecipe(special)
    expect(draftSchema.parse(JSON.parse(JSON.stringify(draft)))).toEqual(draft)
  })

  test('starts from the upload where it was none of our pictures, and from nothing where there was none', () => {
    const upload = { ...special, source_generation: null, source_picture: 'cd'.repeat(32) }
    expect(fromRecipe(upload).source).toEqual({
      kind: 'upload',
      id: 'cd'.repeat(32),
      url: `/api/uploads/${'cd'.repeat(32)}`,
    })
    expect(fromRecipe(recipe).source).toBeNull()
  })
})

test('a fresh draft is a new one each time', () => {
  freshDraft().settings.steps = 9
  expect(freshDraft().settings).toEqual({})
})

test('a random seed is one the server takes', () => {
  for (let turn = 0; turn < 100; turn += 1)
    expect(generate.input.shape.seed.safeParse(randomSeed()).success).toBe(true)
})

test('a stored draft that no longer fits is refused', () => {
  expect(draftSchema.safeParse({ ...freshDraft(), count: 9 }).success).toBe(false)
  expect(draftSchema.safeParse({ prompt: 'a' }).success).toBe(false)
})

import { expect, test } from 'vitest'
import { recipeSchema } from '../../../contracts/entities/recipe.ts'
import { resolveRecipe } from '../../../orchestrator/domain/generation/resolve-recipe.ts'
import { codeOf, preset } from './support.ts'

const source = { width: 512, height: 384, sha256: 'ab'.repeat(32), generation: '42' }

test('[generation-recipe] what a request leaves out comes from its preset', () => {
  const recipe = resolveRecipe({ prompt: 'a boat' }, preset(), null, 7)
  expect(recipeSchema.parse(recipe)).toMatchObject({
    mode: 'txt2img',
    prompt: 'a boat',
    negative_prompt: 'fog',
    seed: 7,
    width: 512,
    steps: 20,
    guidance: 4,
    sampler: 'euler_a',
    strength: null,
    source_picture: null,
    vae_tiling: false,
    preset: { id: 'small', files: [{ role: 'model', name: 'small.safetensors', sha256: null }] },
    engine: null,
  })
})

test('[generation-recipe] what a request says is stronger than its preset, also where it is nothing', () => {
  const input = {
    prompt: 'a boat',
    negative_prompt: '',
    steps: 3,
    guidance: 0,
    sampler: 'lcm',
    clip_skip: 2,
    vae_tiling: true,
  } as const
  expect(resolveRecipe(input, preset(), null, 7)).toMatchObject(input)
})

test('[generation-source] a source makes it image-to-image, in the shape of the source', () => {
  expect(resolveRecipe({ prompt: 'a boat' }, preset(), source, 7)).toMatchObject({
    mode: 'img2img',
    strength: 0.6,
    width: 512,
    height: 384,
    source_generation: '42',
    source_picture: source.sha256,
  })
})

test('[engine-placement] a recipe asks for tiles only where the request does; what memory needs is decided later', () => {
  const size = { width: 1024, height: 1024 }
  expect(resolveRecipe({ prompt: 'a', ...size }, preset(), null, 7).vae_tiling).toBe(false)
  expect(resolveRecipe({ prompt: 'a', ...size, vae_tiling: true }, preset(), null, 7).vae_tiling).toBe(true)
})

test('[contracts-strict] a strength without a source is refused', async () => {
  expect(await codeOf(() => resolveRecipe({ prompt: 'a', strength: 0.5 }, preset(), null, 7))).toBe(
    'invalid_input',
  )
})

import { placementSchema } from '../../contracts/entities/engine.ts'
import type { Recipe } from '../../contracts/entities/recipe.ts'

/** The recipe of an ordinary picture. */
export function exampleRecipe(seed: number): Recipe {
  return {
    mode: 'txt2img',
    prompt: 'a red boat on the sea',
    negative_prompt: '',
    seed,
    width: 128,
    height: 128,
    steps: 20,
    guidance: 4,
    sampler: 'euler_a',
    scheduler: 'discrete',
    clip_skip: -1,
    strength: null,
    source_generation: null,
    source_picture: null,
    vae_tiling: false,
    placement: placementSchema.parse({}),
    preset: { id: 'mysticanvas-sketch', name: 'MystiCanvas Sketch', family: 'sd1', files: [] },
    engine: null,
  }
}

import type { Sampler, Scheduler } from '../../contracts/entities/engine.ts'
import type { Recipe } from '../../contracts/entities/recipe.ts'

/** Samplers by the names AUTOMATIC1111's web UI gives them; those it lacks have the names its descendants use. */
const samplerNames: Readonly<Record<Sampler, string>> = {
  euler: 'Euler',
  euler_a: 'Euler a',
  heun: 'Heun',
  dpm2: 'DPM2',
  'dpm++2m': 'DPM++ 2M',
  'dpm++2mv2': 'DPM++ 2M v2',
  'dpm++2s_a': 'DPM++ 2S a',
  lcm: 'LCM',
  ipndm: 'IPNDM',
  ipndm_v: 'IPNDM_V',
  ddim_trailing: 'DDIM',
  tcd: 'TCD',
  res_multistep: 'Res Multistep',
  res_2s: 'Res 2S',
}

/** Schedules by the same names. */
const schedulerNames: Readonly<Record<Scheduler, string>> = {
  discrete: 'Uniform',
  karras: 'Karras',
  exponential: 'Exponential',
  ays: 'Align Your Steps',
  gits: 'Align Your Steps GITS',
  sgm_uniform: 'SGM Uniform',
  simple: 'Simple',
  lcm: 'LCM',
  smoothstep: 'Smoothstep',
  kl_optimal: 'KL Optimal',
  bong_tangent: 'Bong Tangent',
}

/**
 * Writes a recipe as the text that AUTOMATIC1111's web UI keeps in a picture's `parameters`, and that many tools read:
 * the prompt, a line with the negative prompt where there is one, and a line of settings.
 *
 * @param version the version of this product
 */
export function toInfotext(recipe: Recipe, version: string): string {
  const negative = recipe.negative_prompt === '' ? [] : [`Negative prompt: ${recipe.negative_prompt}`]
  const settings = settingsOf(recipe, version).map(([name, value]) => `${name}: ${quoted(value)}`)
  return [recipe.prompt, ...negative, settings.join(', ')].join('\n')
}

function settingsOf(recipe: Recipe, version: string): [name: string, value: string][] {
  const model = recipe.preset.files.find((file) => file.role === 'model')
  const settings: [name: string, value: string | number | null][] = [
    ['Steps', recipe.steps],
    ['Sampler', samplerNames[recipe.sampler]],
    ['Schedule type', schedulerNames[recipe.scheduler]],
    ['CFG scale', recipe.guidance],
    ['Seed', recipe.seed],
    ['Size', `${recipe.width}x${recipe.height}`],
    // Ten digits are what those tools show and look models up by.
    ['Model hash', model?.sha256?.slice(0, 10) ?? null],
    ['Model', model?.name.replace(/\.[^.]+$/, '') ?? null],
    ['Denoising strength', recipe.strength],
    // 1 means the same as not saying anything.
    ['Clip skip', recipe.clip_skip > 1 ? recipe.clip_skip : null],
    ['Version', `MystiCanvas ${version}`],
  ]
  return settings.flatMap(([name, value]) =>
    value === null ? [] : [[name, String(value)] as [string, string]],
  )
}

/** Values that would be mistaken for more settings are written as JSON strings. */
function quoted(value: string): string {
  return /[,:\n]/.test(value) ? JSON.stringify(value) : value
}

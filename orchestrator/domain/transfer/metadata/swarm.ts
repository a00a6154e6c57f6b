import { collectSettings, type FieldMeaning } from './collect-settings.ts'
import type { FoundRecipe, PictureTexts } from './found-recipe.ts'
import { asObject, parseJsonObject } from './parse-json.ts'

const meanings: Readonly<Record<string, FieldMeaning>> = {
  prompt: 'prompt',
  negativeprompt: 'negative_prompt',
  seed: 'seed',
  width: 'width',
  height: 'height',
  steps: 'steps',
  cfgscale: 'guidance',
  sampler: 'sampler',
  scheduler: 'scheduler',
  model: 'model',
  initimagecreativity: 'strength',
  swarm_version: 'ignored',
  aspectratio: 'ignored',
  nopreviews: 'ignored',
  imageformat: 'ignored',
  wildcardseed: 'ignored',
}

/**
 * Reads what SwarmUI writes: JSON in `parameters`, or in the comment of a JPEG, with the settings in `sui_image_params`.
 * Source: `docs/Image Metadata Format.md` of mcmonkeyprojects/SwarmUI.
 */
export function readSwarm(texts: PictureTexts): FoundRecipe | null {
  const content = parseJsonObject(texts.get('parameters') ?? texts.get('usercomment'))
  const parameters = asObject(content?.['sui_image_params'])
  if (parameters === null) return null
  return { tool: 'SwarmUI', own: null, ...collectSettings(Object.entries(parameters), meanings) }
}

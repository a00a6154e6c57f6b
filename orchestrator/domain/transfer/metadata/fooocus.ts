import { collectSettings, type FieldMeaning } from './collect-settings.ts'
import type { FoundRecipe, PictureTexts } from './found-recipe.ts'
import { parseJsonObject } from './parse-json.ts'

const meanings: Readonly<Record<string, FieldMeaning>> = {
  prompt: 'prompt',
  negative_prompt: 'negative_prompt',
  seed: 'seed',
  resolution: 'size',
  steps: 'steps',
  guidance_scale: 'guidance',
  sampler: 'sampler',
  scheduler: 'scheduler',
  base_model: 'model',
  base_model_hash: 'model_hash',
  clip_skip: 'clip_skip',
  version: 'ignored',
  metadata_scheme: 'ignored',
  created_by: 'ignored',
}

/**
 * Reads the JSON that Fooocus writes under its scheme `fooocus`: in `parameters` of a PNG, else in the comment of a JPEG
 * or WebP. Its other scheme is the text of AUTOMATIC1111. The prompts it really used, with the words of styles in them,
 * stay beside the ones a person wrote.
 * Source: `FooocusMetadataParser` and `get_exif` in `modules/meta_parser.py` of lllyasviel/Fooocus.
 */
export function readFooocus(texts: PictureTexts): FoundRecipe | null {
  const content = parseJsonObject(texts.get('parameters') ?? texts.get('usercomment'))
  const isFooocus = content !== null && 'base_model' in content && 'resolution' in content
  if (!isFooocus) return null
  return { tool: 'Fooocus', own: null, ...collectSettings(Object.entries(content), meanings) }
}

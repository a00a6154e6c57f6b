import { importedPresetId, type Recipe, type RecipeGap } from '../../contracts/entities/recipe.ts'

const gapNames: Readonly<Record<RecipeGap, string>> = {
  prompt: 'prompt',
  negative_prompt: 'negative prompt',
  seed: 'seed',
  size: 'size',
  steps: 'steps',
  guidance: 'guidance',
  sampler: 'sampler',
  scheduler: 'scheduler',
  clip_skip: 'clip skip',
  strength: 'strength',
  source_picture: 'the picture it started from',
  model: 'model',
}

/** What few files say and nobody misses. */
const unremarkable: readonly RecipeGap[] = ['clip_skip', 'strength', 'model']

/** What the form cannot take over from a recipe, in sentences; null where it takes everything. */
export function describeGaps(recipe: Recipe): string | null {
  const sentences = [describeForeign(recipe), describeGuides(recipe)].filter((sentence) => sentence !== null)
  return sentences.length === 0 ? null : sentences.join(' ')
}

/** The form has no place for masks and control pictures yet; without a word the next picture would be another one. */
function describeGuides({ mask_picture: mask, control_picture: control }: Recipe): string | null {
  if (mask !== undefined && control !== undefined)
    return 'Its mask and its control picture are left out here.'
  if (mask !== undefined) return 'Its mask is left out here.'
  return control === undefined ? null : 'Its control picture is left out here.'
}

function describeForeign({ preset, imported }: Recipe): string | null {
  if (imported === undefined) return null
  const gaps = imported.gaps.filter((gap) => !unremarkable.includes(gap)).map((gap) => gapNames[gap])
  const model =
    imported.model === null ? 'The file does not name its model' : `The model ${imported.model} is not here`
  const sentences = [
    preset.id === importedPresetId && `${model}; the chosen preset is used instead.`,
    gaps.length > 0 && `Not in the file, or not known here: ${gaps.join(', ')}.`,
  ].filter((sentence) => sentence !== false)
  return sentences.length === 0 ? null : sentences.join(' ')
}

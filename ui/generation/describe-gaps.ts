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
export function describeGaps({ preset, imported }: Recipe): string | null {
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

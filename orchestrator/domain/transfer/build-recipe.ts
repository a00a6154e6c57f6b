import { presetDefaultsSchema, type Preset } from '../../../contracts/entities/preset.ts'
import { importedPresetId, type Recipe, type RecipeGap } from '../../../contracts/entities/recipe.ts'
import { placementSchema } from '../../../contracts/entities/engine.ts'
import type { FoundRecipe, FoundSettings } from './metadata/found-recipe.ts'

/** A picture from elsewhere: how large it is and what its file is called. */
export interface ForeignPicture {
  readonly width: number
  readonly height: number
  /** Without folders. */
  readonly file: string
}

const longestFileName = 255

/** What stands in where a picture does not say. */
const usual = presetDefaultsSchema.parse({})

/**
 * Makes a recipe of what a picture says. It is complete in form; `imported.gaps` names what nobody said.
 *
 * @param presets those there are, to find the model among them
 */
export function buildRecipe(
  found: FoundRecipe | null,
  picture: ForeignPicture,
  presets: readonly Preset[],
): Recipe {
  const file = picture.file.slice(-longestFileName)
  if (found !== null && found.own !== null) return adopt(found.own, file, presets)
  const settings = found?.settings ?? {}
  const preset = findPreset(settings, presets)
  const { width, height } = sizeOf(settings, picture)
  return {
    mode: settings.strength === undefined ? 'txt2img' : 'img2img',
    prompt: settings.prompt ?? '',
    negative_prompt: settings.negative_prompt ?? '',
    seed: settings.seed ?? 0,
    width,
    height,
    steps: settings.steps ?? usual.steps,
    guidance: settings.guidance ?? usual.guidance,
    sampler: settings.sampler ?? usual.sampler,
    scheduler: settings.scheduler ?? usual.scheduler,
    clip_skip: settings.clip_skip ?? usual.clip_skip,
    strength: settings.strength ?? null,
    source_generation: null,
    source_picture: null,
    vae_tiling: false,
    placement: placementSchema.parse({}),
    preset: preset ?? unknownPreset(settings),
    engine: null,
    imported: {
      tool: found === null || found.tool === 'unknown' ? null : found.tool,
      file,
      model: settings.model ?? null,
      gaps: gapsOf(settings, preset !== null),
      unread: [...(found?.unread ?? [])],
    },
  }
}

/** Our own recipe, from another data folder perhaps: what it started from and its preset may not be here. */
function adopt(recipe: Recipe, file: string, presets: readonly Preset[]): Recipe {
  const known = presets.some(({ id }) => id === recipe.preset.id)
  const model = recipe.preset.files.find(({ role }) => role === 'model')?.name ?? recipe.preset.name
  const gaps: RecipeGap[] = recipe.imported?.gaps.filter((gap) => gap !== 'model') ?? []
  if (recipe.mode === 'img2img' && !gaps.includes('source_picture')) gaps.push('source_picture')
  if (!known) gaps.push('model')
  return {
    ...recipe,
    source_generation: null,
    source_picture: null,
    preset: known ? recipe.preset : { ...recipe.preset, id: importedPresetId },
    imported: { unread: [], tool: 'MystiCanvas', model, ...recipe.imported, file, gaps },
  }
}

function gapsOf(settings: FoundSettings, hasPreset: boolean): RecipeGap[] {
  const plain = [
    'prompt',
    'negative_prompt',
    'seed',
    'steps',
    'guidance',
    'sampler',
    'scheduler',
    'clip_skip',
  ] as const
  const gaps: RecipeGap[] = plain.filter((name) => settings[name] === undefined)
  if (settings.width === undefined || settings.height === undefined) gaps.push('size')
  if (settings.strength === undefined) gaps.push('strength')
  else gaps.push('source_picture')
  return hasPreset ? gaps : [...gaps, 'model']
}

/** The size it was made with, else the nearest one to the picture's that can be made here. */
function sizeOf(settings: FoundSettings, picture: ForeignPicture): { width: number; height: number } {
  const { width, height } = settings
  if (width !== undefined && height !== undefined) return { width, height }
  return { width: possibleSide(picture.width), height: possibleSide(picture.height) }
}

function possibleSide(pixels: number): number {
  return Math.min(4096, Math.max(64, Math.round(pixels / 8) * 8))
}

/** A model is the same where its file has the same name, whatever folder and ending. */
function findPreset({ model }: FoundSettings, presets: readonly Preset[]): Recipe['preset'] | null {
  if (model === undefined) return null
  const found = presets.find(({ files }) => stemOf(files.model) === stemOf(model))
  if (found === undefined) return null
  const { id, name, family, files } = found
  return { id, name, family, files: [{ role: 'model', name: baseName(files.model), sha256: null }] }
}

function unknownPreset({ model }: FoundSettings): Recipe['preset'] {
  const files = model === undefined ? [] : [{ role: 'model', name: baseName(model), sha256: null }]
  return { id: importedPresetId, name: model ?? 'Unknown model', family: 'unknown', files }
}

function stemOf(path: string): string {
  return baseName(path)
    .replace(/\.(safetensors|ckpt|gguf|sft|pt)$/i, '')
    .toLowerCase()
}

function baseName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path
}

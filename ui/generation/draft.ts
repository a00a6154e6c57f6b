import { z } from 'zod'
import type { CapabilityInput } from '../../contracts/capabilities/index.ts'
import { promptLimit } from '../../contracts/capabilities/generation.ts'
import { samplerSchema, schedulerSchema } from '../../contracts/entities/engine.ts'
import {
  guidanceSchema,
  sideSchema,
  stepsSchema,
  type Preset,
  type PresetDefaults,
} from '../../contracts/entities/preset.ts'
import {
  generationIdSchema,
  importedPresetId,
  seedSchema,
  type Recipe,
  type RecipeGap,
} from '../../contracts/entities/recipe.ts'
import type { Style } from '../../contracts/entities/style.ts'
import { uploadedPictureIdSchema } from '../../contracts/capabilities/pictures.ts'
import { wordsOfRecipe } from './words-of-recipe.ts'

const sourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('generation'), id: generationIdSchema, url: z.string() }),
  z.object({ kind: z.literal('upload'), id: uploadedPictureIdSchema, url: z.string() }),
])

/** The picture to start from. */
export type Source = z.output<typeof sourceSchema>

/** Settings that a person changed; what is left out follows the preset. */
const settingsSchema = z.object({
  width: sideSchema.exactOptional(),
  height: sideSchema.exactOptional(),
  steps: stepsSchema.exactOptional(),
  guidance: guidanceSchema.exactOptional(),
  sampler: samplerSchema.exactOptional(),
  scheduler: schedulerSchema.exactOptional(),
  negative_prompt: z.string().max(promptLimit).exactOptional(),
  clip_skip: z.int().min(-1).max(12).exactOptional(),
})

/** What a person is about to ask for, as the form shows it. */
export const draftSchema = z.object({
  prompt: z.string(),
  style: z.string().nullable().default(null),
  preset: z.string().nullable(),
  settings: settingsSchema,
  seed: seedSchema.nullable(),
  count: z.int().min(1).max(4),
  vae_tiling: z.boolean(),
  source: sourceSchema.nullable(),
  strength: z.number().min(0).max(1),
})
export type Draft = z.output<typeof draftSchema>
export type Settings = z.output<typeof settingsSchema>

const emptyDraft: Draft = {
  prompt: '',
  style: null,
  preset: null,
  settings: {},
  seed: null,
  count: 1,
  vae_tiling: false,
  source: null,
  strength: 0.6,
}

/** The settings that will be used: the preset's, and over them what a person changed. */
export function effectiveSettings(draft: Draft, preset: Preset): PresetDefaults {
  return { ...preset.defaults, ...draft.settings }
}

/** How many settings of these differ from the preset's. */
export function countChanges(draft: Draft, preset: Preset, names: readonly (keyof Settings)[]): number {
  return names.filter(
    (name) => draft.settings[name] !== undefined && draft.settings[name] !== preset.defaults[name],
  ).length
}

/** The request this draft stands for. Everything the form shows is said outright, so that it holds even if the preset changes. */
export function toRequest(draft: Draft, preset: Preset): CapabilityInput<'generate'> {
  return {
    prompt: draft.prompt.trim(),
    preset: preset.id,
    ...(draft.style !== null && { style: draft.style }),
    ...effectiveSettings(draft, preset),
    count: draft.count,
    vae_tiling: draft.vae_tiling,
    ...(draft.seed !== null && { seed: draft.seed }),
    ...sourceFields(draft),
  }
}

/** The request for another picture like this draft's: everything but the seed; without a preset, the first one that is ready. */
export function toVariation(draft: Draft): CapabilityInput<'generate'> {
  return {
    prompt: draft.prompt,
    ...(draft.style !== null && { style: draft.style }),
    ...(draft.preset !== null && { preset: draft.preset }),
    ...draft.settings,
    vae_tiling: draft.vae_tiling,
    ...sourceFields(draft),
  }
}

function sourceFields({ source, strength }: Draft): Partial<CapabilityInput<'generate'>> {
  if (source === null) return {}
  return source.kind === 'generation'
    ? { generation: source.id, strength }
    : { init_image: source.id, strength }
}

/** The draft that makes this recipe's picture again, with its style where that still is what it was. What a foreign recipe lacks follows the preset. */
export function fromRecipe(recipe: Recipe, styles: readonly Style[] = []): Draft {
  const { width, height, steps, guidance, sampler, scheduler, clip_skip } = recipe
  const { prompt, negative_prompt, style } = wordsOfRecipe(recipe, styles)
  const gaps = recipe.imported?.gaps ?? []
  return {
    prompt,
    style,
    preset: recipe.preset.id === importedPresetId ? null : recipe.preset.id,
    settings: withoutGaps(
      { width, height, steps, guidance, sampler, scheduler, negative_prompt, clip_skip },
      gaps,
    ),
    seed: gaps.includes('seed') ? null : recipe.seed,
    count: 1,
    vae_tiling: recipe.vae_tiling,
    source: sourceOf(recipe),
    strength: recipe.strength ?? emptyDraft.strength,
  }
}

function withoutGaps(settings: Settings, gaps: readonly RecipeGap[]): Settings {
  const missing = new Set<string>(gaps.includes('size') ? [...gaps, 'width', 'height'] : gaps)
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !missing.has(name)))
}

function sourceOf(recipe: Recipe): Source | null {
  if (recipe.source_generation !== null) {
    return {
      kind: 'generation',
      id: recipe.source_generation,
      url: `/api/pictures/${recipe.source_generation}/thumbnail`,
    }
  }
  const { source_picture: id } = recipe
  return id === null ? null : { kind: 'upload', id, url: `/api/uploads/${id}` }
}

/** A draft with nothing in it yet. */
export const freshDraft = (): Draft => structuredClone(emptyDraft)

/** A seed nobody chose. */
export function randomSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0
}

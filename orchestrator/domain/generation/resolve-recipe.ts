import { basename } from 'node:path'
import type { CheckedInput } from '../../../contracts/capabilities/index.ts'
import { listModelFiles, type Preset } from '../../../contracts/entities/preset.ts'
import type { Recipe } from '../../../contracts/entities/recipe.ts'
import { ProductError } from '../../../contracts/errors.ts'
import { decideSize, type PictureSize } from './picture-size.ts'

/** The picture that image-to-image starts from. */
export interface SourcePicture extends PictureSize {
  readonly sha256: string
  /** The earlier generation it is, or null for an upload. */
  readonly generation: string | null
}

/** How far image-to-image leaves its source where the request does not say. */
const usualStrength = 0.6

/**
 * Fills in what a request leaves out, from its preset. The result is complete: the same recipe gives the same picture.
 *
 * @throws ProductError `invalid_input` where fields contradict each other
 */
export function resolveRecipe(
  input: CheckedInput<'generate'>,
  preset: Preset,
  source: SourcePicture | null,
  seed: number,
): Recipe {
  if (input.strength !== undefined && source === null) {
    const message = 'A strength needs a picture to start from.'
    throw new ProductError('invalid_input', message, {
      details: { fields: [{ field: 'strength', message }] },
    })
  }
  const { defaults } = preset
  const size = decideSize(input, defaults, source, preset.max_side)
  return {
    mode: source === null ? 'txt2img' : 'img2img',
    prompt: input.prompt,
    negative_prompt: input.negative_prompt ?? defaults.negative_prompt,
    seed,
    ...size,
    steps: input.steps ?? defaults.steps,
    guidance: input.guidance ?? defaults.guidance,
    sampler: input.sampler ?? defaults.sampler,
    scheduler: input.scheduler ?? defaults.scheduler,
    clip_skip: input.clip_skip ?? defaults.clip_skip,
    strength: source === null ? null : (input.strength ?? usualStrength),
    source_generation: source?.generation ?? null,
    source_picture: source?.sha256 ?? null,
    vae_tiling: input.vae_tiling ?? false,
    placement: preset.placement,
    preset: {
      id: preset.id,
      name: preset.name,
      family: preset.family,
      files: listModelFiles(preset.files).map(({ role, path }) => ({
        role,
        name: basename(path),
        sha256: null,
      })),
    },
    engine: null,
  }
}

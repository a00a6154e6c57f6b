import type { EngineCapabilities } from '../../../contracts/entities/engine.ts'
import type { Preset } from '../../../contracts/entities/preset.ts'
import type { Recipe } from '../../../contracts/entities/recipe.ts'
import { ProductError } from '../../../contracts/errors.ts'
import type { PictureSize } from '../generation/picture-size.ts'
import type { SourcePicture } from '../generation/resolve-recipe.ts'
import type { SourcePictures } from './source-pictures.ts'

/** What a request may say of pictures that guide the engine. */
interface WantedGuides {
  readonly mask_image?: string | undefined
  readonly control_image?: string | undefined
  readonly control_strength?: number | undefined
}

/** The pictures that guide the engine beside the one it starts from, and what they leave in a recipe. */
export interface GuidePictures {
  readonly mask: SourcePicture | null
  readonly control: SourcePicture | null
  readonly marks: Pick<Recipe, 'mask_picture' | 'control_picture' | 'control_strength'>
}

/** How closely a control picture is followed where the request does not say; what stable-diffusion.cpp takes as well. */
const usualControlStrength = 0.9

/** A mask and its picture may differ so much in shape by the rounding of their sides; more would shift what is masked. */
const shapeTolerance = 0.02

/**
 * Finds the mask and the control picture of a request.
 *
 * @param source the picture it starts from
 * @param capabilities what the engine can do; null where it is not known now, and then the worker refuses what it cannot
 * @throws ProductError `unsupported_by_engine`, `control_net_missing`, `source_picture_not_found`, or `invalid_input` where
 * a mask has nothing to mask or another shape than its picture, or a control strength has no picture
 */
export function findGuides(
  sources: SourcePictures,
  wanted: WantedGuides,
  source: SourcePicture | null,
  preset: Preset,
  capabilities: EngineCapabilities | null,
): GuidePictures {
  const mask = wanted.mask_image === undefined ? null : sources.find({ init_image: wanted.mask_image })
  const control =
    wanted.control_image === undefined ? null : sources.find({ init_image: wanted.control_image })
  if (mask !== null) requireMaskable(mask, source, capabilities)
  if (control !== null) requireControl(preset, capabilities)
  if (control === null && wanted.control_strength !== undefined)
    throw wrongField('control_strength', 'A control strength needs a control picture.')
  const marks = {
    ...(mask === null ? {} : { mask_picture: mask.sha256 }),
    ...(control === null
      ? {}
      : {
          control_picture: control.sha256,
          control_strength: wanted.control_strength ?? usualControlStrength,
        }),
  }
  return { mask, control, marks }
}

function requireMaskable(
  mask: PictureSize,
  source: PictureSize | null,
  capabilities: EngineCapabilities | null,
): void {
  if (source === null) throw wrongField('mask_image', 'A mask needs a picture to start from.')
  const ratio = (mask.width * source.height) / (mask.height * source.width)
  if (Math.abs(ratio - 1) > shapeTolerance)
    throw wrongField('mask_image', 'A mask must have the shape of the picture it belongs to.')
  if (capabilities?.mask === false) throw unsupported('masks')
}

function requireControl(preset: Preset, capabilities: EngineCapabilities | null): void {
  if (capabilities?.controlnet === false) throw unsupported('control pictures')
  if (preset.files.control_net === undefined) throw new ProductError('control_net_missing')
}

function unsupported(feature: string): ProductError {
  return new ProductError('unsupported_by_engine', `The image engine in use has no ${feature}.`, {
    details: { feature },
  })
}

function wrongField(field: string, message: string): ProductError {
  return new ProductError('invalid_input', message, { details: { fields: [{ field, message }] } })
}

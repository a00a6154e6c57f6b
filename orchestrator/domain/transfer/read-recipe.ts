import type { CapabilityOutput } from '../../../contracts/capabilities/index.ts'
import type { Preset } from '../../../contracts/entities/preset.ts'
import { ProductError } from '../../../contracts/errors.ts'
import { pictureFormatOf } from '../pictures/picture-format.ts'
import { buildRecipe } from './build-recipe.ts'
import { inspectPicture } from './inspect-picture.ts'
import { readMetadata } from './metadata/read-metadata.ts'

/**
 * Reads how a picture was made, from its file.
 *
 * @throws ProductError `picture_unreadable`, or `recipe_not_found` where it does not say
 */
export async function readRecipeOf(
  bytes: Buffer,
  presets: readonly Preset[],
): Promise<CapabilityOutput<'read_recipe'>> {
  const format = pictureFormatOf(bytes)
  if (format === null) throw new ProductError('recipe_not_found')
  const { found, parameters } = readMetadata(bytes, format)
  if (found?.own != null) return { recipe: found.own, parameters }
  const says = found !== null && Object.keys(found.settings).length > 0
  if (!says && parameters === null) throw new ProductError('recipe_not_found')
  if (!says) return { recipe: null, parameters }
  const size = await inspectPicture(bytes)
  return { recipe: buildRecipe(found, { ...size, file: 'picture' }, presets), parameters }
}

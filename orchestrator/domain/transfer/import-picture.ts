import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import type { Preset } from '../../../contracts/entities/preset.ts'
import type { Recipe } from '../../../contracts/entities/recipe.ts'
import { ProductError } from '../../../contracts/errors.ts'
import { pictureFormatOf, pictureFormats } from '../pictures/picture-format.ts'
import { buildRecipe } from './build-recipe.ts'
import { inspectPicture } from './inspect-picture.ts'
import { readMetadata } from './metadata/read-metadata.ts'

/** A picture that was found fit to be imported. */
export interface ReadPicture {
  readonly recipe: Recipe
  /** False where it says nothing about how it was made. */
  readonly hasRecipe: boolean
  readonly width: number
  readonly height: number
  readonly mime: string
  readonly extension: string
}

export function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/**
 * Checks a picture and reads its recipe.
 *
 * @param path how it is called towards people
 * @throws ProductError `picture_unreadable` or `import_picture_too_large`
 */
export async function readForeignPicture(
  bytes: Buffer,
  path: string,
  presets: readonly Preset[],
): Promise<ReadPicture> {
  const format = pictureFormatOf(bytes)
  if (format === null) throw new ProductError('picture_unreadable')
  const size = await inspectPicture(bytes)
  const { found } = readMetadata(bytes, format)
  const says = found !== null && (found.own !== null || Object.keys(found.settings).length > 0)
  return {
    recipe: buildRecipe(found, { ...size, file: basename(path) }, presets),
    hasRecipe: says,
    ...size,
    ...pictureFormats[format],
  }
}

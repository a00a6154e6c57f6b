import sharp from 'sharp'
import type { Recipe } from '../../../contracts/entities/recipe.ts'
import type { SourcePictures } from './source-pictures.ts'

/** The pictures that go to the engine with a request, as PNGs of exactly the wanted size. */
export interface RequestPngs {
  /** What image-to-image starts from. */
  readonly source: Buffer | null
  /** Grey: white where the source may change. */
  readonly mask: Buffer | null
  /** What the control net follows. */
  readonly control: Buffer | null
}

/** What a picture from words alone needs. */
export const noPngs: RequestPngs = { source: null, mask: null, control: null }

/**
 * Reads the pictures of a recipe. Mask and source are cropped alike, so that they stay one above the other.
 *
 * @throws ProductError `source_picture_not_found` where a file is gone
 */
export async function readRequestPngs(sources: SourcePictures, recipe: Recipe): Promise<RequestPngs> {
  const { source_picture, source_generation, mask_picture, control_picture } = recipe
  const read = async (
    sha256: string | null | undefined,
    generation: string | null,
  ): Promise<Buffer | null> =>
    sha256 === null || sha256 === undefined ? null : sources.read({ generation, sha256 }, recipe)
  const mask = await read(mask_picture, null)
  return {
    source: await read(source_picture, source_generation),
    mask: mask === null ? null : await sharp(mask).toColourspace('b-w').png().toBuffer(),
    control: await read(control_picture, null),
  }
}

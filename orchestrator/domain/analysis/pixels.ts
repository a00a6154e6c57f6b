import sharp from 'sharp'
import { ProductError } from '../../../contracts/errors.ts'

/** Measured on pictures no larger than this: what is measured hardly changes, and takes no longer for a large picture. */
const longestSide = 512

/** A picture made ready for measuring. */
export interface Pixels {
  /** Red, green, blue and alpha, 0 to 255, row by row. */
  readonly data: Uint8Array<ArrayBuffer>
  readonly width: number
  readonly height: number
  /** The size of the file's picture. */
  readonly original: { readonly width: number; readonly height: number }
}

/**
 * Decodes a picture, made smaller where it is large.
 *
 * @throws ProductError `picture_unreadable` where the bytes are not a whole picture
 */
export async function readPixels(bytes: Buffer): Promise<Pixels> {
  try {
    const picture = sharp(bytes, { failOn: 'error' })
    const { width, height } = await picture.metadata()
    const { data, info } = await picture
      .toColourspace('srgb')
      .ensureAlpha()
      // A kernel that rings would clip light and shadow that the picture does not clip.
      .resize(longestSide, longestSide, { fit: 'inside', withoutEnlargement: true, kernel: 'mitchell' })
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true })
    // A copy of its own, so that it can be handed to a thread.
    return {
      data: Uint8Array.from(data),
      width: info.width,
      height: info.height,
      original: { width, height },
    }
  } catch (cause) {
    throw new ProductError('picture_unreadable', undefined, { cause })
  }
}

import sharp from 'sharp'
import { ProductError } from '../../../contracts/errors.ts'
import { importLimits } from './import-limits.ts'

/**
 * Decodes a picture as a whole, in little memory, to know that every program will.
 *
 * @returns its size in pixels as it is to be seen, turned as its EXIF says
 * @throws ProductError `picture_unreadable` or `import_picture_too_large`
 */
export async function inspectPicture(bytes: Buffer): Promise<{ width: number; height: number }> {
  try {
    const picture = sharp(bytes, { failOn: 'error', limitInputPixels: false, sequentialRead: true })
    const { autoOrient } = await picture.metadata()
    const { width, height } = autoOrient
    const isTooLarge = Math.max(width, height) > importLimits.side || width * height > importLimits.pixels
    if (isTooLarge) {
      throw new ProductError('import_picture_too_large', `The picture is ${width} x ${height} pixels.`)
    }
    await picture.resize(16, 16, { fit: 'fill', kernel: 'nearest', fastShrinkOnLoad: false }).raw().toBuffer()
    return { width, height }
  } catch (cause) {
    if (cause instanceof ProductError) throw cause
    throw new ProductError('picture_unreadable', undefined, { cause })
  }
}

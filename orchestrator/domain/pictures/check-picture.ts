import sharp from 'sharp'
import { ProductError } from '../../../contracts/errors.ts'
import { pictureFormatOf } from './picture-format.ts'

/** The longest side of a picture that is taken in, in pixels. */
const longestSide = 4096

// Formats that can name other files, run for long, or that nobody needs here. The check by content below stands before it.
sharp.block({
  operation: [
    'VipsForeignLoadSvg',
    'VipsForeignLoadPdf',
    'VipsForeignLoadTiff',
    'VipsForeignLoadNsgif',
    'VipsForeignLoadMagick',
  ],
})

/** A picture that was taken in: decoded and encoded anew, so nothing but pixels is left of it. */
export interface CheckedPicture {
  readonly png: Buffer
  readonly width: number
  readonly height: number
}

/**
 * Checks bytes from outside and turns them into a clean PNG, upright and without metadata.
 *
 * @throws ProductError `picture_format_not_allowed`, `picture_unreadable` or `picture_too_large`
 */
export async function checkPicture(bytes: Buffer): Promise<CheckedPicture> {
  requireKnownFormat(bytes)
  try {
    const picture = sharp(bytes, { failOn: 'error', limitInputPixels: false })
    const { width, height } = await picture.metadata()
    if (Math.max(width, height) > longestSide) {
      throw new ProductError('picture_too_large', `The picture is ${width} x ${height} pixels.`)
    }
    const { data, info } = await picture
      .rotate()
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .png()
      .toBuffer({ resolveWithObject: true })
    return { png: data, width: info.width, height: info.height }
  } catch (cause) {
    if (cause instanceof ProductError) throw cause
    throw new ProductError('picture_unreadable', undefined, { cause })
  }
}

/** Tells PNG, JPEG and WebP by their first bytes, whatever the file was called. */
function requireKnownFormat(bytes: Buffer): void {
  if (pictureFormatOf(bytes) !== null) return
  const text = bytes.toString('latin1', 0, 512)
  const picture = /^(GIF8|BM|II\*|MM\0)|<svg|<!DOCTYPE|<\?xml|ftypavif|ftypheic/i.test(text)
  throw new ProductError(picture ? 'picture_format_not_allowed' : 'picture_unreadable')
}

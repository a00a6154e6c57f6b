import sharp from 'sharp'
import { ProductError } from '../../../contracts/errors.ts'
import type { PictureHash } from '../../storage/picture-hashes.ts'

/** A picture is looked at in so many grey pixels a side. */
const side = 32

/** The lowest frequencies of each direction that are kept. */
const kept = 8

/** Grey values of a picture without structure change less than this in all frequencies together, of 255. */
const leastStructure = 1

/** Differences smaller than this share of the strongest frequency are rounding, and no bit of the hash. */
const tolerance = 0.01

/** cosines[frequency][position] of the discrete cosine transform. */
const cosines = Array.from({ length: kept }, (_, frequency) =>
  Float64Array.from({ length: side }, (_unused, position) =>
    Math.cos(((2 * position + 1) * frequency * Math.PI) / (2 * side)),
  ),
)

/**
 * What a picture looks like, whatever its size, format and small changes of light: which of its lowest frequencies are
 * stronger than their median. The first of the 64 bits stands for the mean and is always 0.
 * Source: C. Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions", 2010, section 3.2.1.
 *
 * @returns null for a picture that is one even colour: there is nothing to compare
 * @throws ProductError `picture_unreadable`
 */
export async function hashPicture(bytes: Buffer): Promise<PictureHash | null> {
  return hashOfGrey(await readGrey(bytes))
}

/** The hash of 32 x 32 grey values, 0 to 255. */
export function hashOfGrey(grey: Uint8Array): PictureHash | null {
  const frequencies = lowFrequencies(grey)
  const changing = frequencies.subarray(1)
  const strongest = changing.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  if (strongest / (side * side) < leastStructure / 2) return null
  const sorted = changing.toSorted()
  const median = sorted[(sorted.length - 1) / 2] ?? 0
  const bits = [...frequencies].map((value, index) => index > 0 && value > median + strongest * tolerance)
  return { high: toNumber(bits.slice(0, 32)), low: toNumber(bits.slice(32)) }
}

async function readGrey(bytes: Buffer): Promise<Uint8Array> {
  try {
    return await sharp(bytes, { failOn: 'error' })
      .flatten({ background: '#ffffff' })
      .resize(side, side, { fit: 'fill', kernel: 'mitchell' })
      .greyscale()
      .raw({ depth: 'uchar' })
      .toBuffer()
  } catch (cause) {
    throw new ProductError('picture_unreadable', undefined, { cause })
  }
}

function lowFrequencies(grey: Uint8Array): Float64Array {
  const rows = cosines.map((wave) =>
    Float64Array.from({ length: side }, (_, y) =>
      wave.reduce((sum, cosine, x) => sum + cosine * (grey[y * side + x] ?? 0), 0),
    ),
  )
  return Float64Array.from({ length: kept * kept }, (_, index) => {
    const wave = cosines[Math.floor(index / kept)]
    const row = rows[index % kept]
    return wave?.reduce((sum, cosine, y) => sum + cosine * (row?.[y] ?? 0), 0) ?? 0
  })
}

function toNumber(bits: readonly boolean[]): number {
  return bits.reduce((number, bit) => number * 2 + (bit ? 1 : 0), 0)
}

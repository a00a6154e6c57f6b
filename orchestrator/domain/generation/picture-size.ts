import { ProductError } from '../../../contracts/errors.ts'

/** Width and height in pixels. */
export interface PictureSize {
  readonly width: number
  readonly height: number
}

type Aspect = 'portrait' | 'landscape' | 'square'

/** Width over height. */
const ratios: Record<Aspect, number> = { portrait: 2 / 3, landscape: 3 / 2, square: 1 }

/** The shortest side a picture may have, in pixels. */
const shortest = 64

/** What a request may say of the size. */
export interface WantedSize {
  readonly width?: number | undefined
  readonly height?: number | undefined
  readonly aspect?: Aspect | undefined
}

/**
 * Decides the size of a picture: what was asked for exactly, else the wanted shape with as many pixels as the preset
 * usually makes, else the shape of the source, else the preset's own size.
 *
 * @param source the size of the picture to start from, if there is one
 * @param longest the longest side the preset allows
 * @throws ProductError `invalid_input` where shape and size contradict each other, or a side is too long
 */
export function decideSize(
  wanted: WantedSize,
  usual: PictureSize,
  source: PictureSize | null,
  longest: number,
): PictureSize {
  if (wanted.aspect !== undefined && (wanted.width !== undefined || wanted.height !== undefined)) {
    throw invalidSize('aspect', 'Give either a shape or a width and height, not both.')
  }
  const size =
    wanted.aspect === undefined
      ? exactSize(wanted, source === null ? usual : fit(source, usual, longest))
      : shaped(ratios[wanted.aspect], usual, longest)
  if (Math.max(size.width, size.height) > longest) {
    throw invalidSize(
      size.width > longest ? 'width' : 'height',
      `This preset makes pictures of at most ${longest} pixels a side.`,
    )
  }
  return size
}

function exactSize(wanted: WantedSize, otherwise: PictureSize): PictureSize {
  return { width: wanted.width ?? otherwise.width, height: wanted.height ?? otherwise.height }
}

/** A source of usual size keeps it; any other keeps its shape, as far as the limits of a side allow. */
function fit(source: PictureSize, usual: PictureSize, longest: number): PictureSize {
  const valid = [source.width, source.height].every((side) => roundSide(side, longest) === side)
  if (valid && source.width * source.height <= usual.width * usual.height * 1.5) return source
  return shaped(source.width / source.height, usual, longest)
}

function shaped(ratio: number, usual: PictureSize, longest: number): PictureSize {
  const pixels = usual.width * usual.height
  const width = Math.sqrt(pixels * ratio)
  return { width: roundSide(width, longest), height: roundSide(width / ratio, longest) }
}

function roundSide(side: number, longest: number): number {
  return Math.min(Math.floor(longest / 8) * 8, Math.max(shortest, Math.round(side / 8) * 8))
}

function invalidSize(field: string, message: string): ProductError {
  return new ProductError('invalid_input', message, { details: { fields: [{ field, message }] } })
}

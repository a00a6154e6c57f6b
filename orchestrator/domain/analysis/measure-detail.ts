import type { Planes } from './planes.ts'

/** The picture is looked at in so many fields a side. */
const fieldsASide = 16

/** A field whose colours scatter less than this, in OKLab, has nothing in it. */
const emptyScatter = 0.008

/** Less contrast than this leaves no edges to judge. */
const leastContrast = 0.01

/** How fine a picture is. */
export interface Detail {
  /** The deviation of the Laplacian against that of the lightness, so that a dim picture is no less sharp. */
  readonly sharpness: number
  /** Share of the picture that is in fields with nothing in them. */
  readonly blankArea: number
}

/**
 * Looks at edges and at empty fields.
 * Source of the measure of sharpness: J. L. Pech-Pacheco et al., "Diatom autofocusing in brightfield microscopy", 2000.
 *
 * @param contrast the deviation of the lightness
 */
export function measureDetail(planes: Planes, contrast: number): Detail {
  const sharpness = contrast < leastContrast ? 0 : laplacianDeviation(planes) / contrast
  return { sharpness, blankArea: emptyShare(planes) }
}

function laplacianDeviation({ lightness, width, height }: Planes): number {
  let sum = 0
  let squares = 0
  let count = 0
  const at = (index: number): number => lightness[index] ?? 0
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const index = y * width + x
      const bend = at(index - 1) + at(index + 1) + at(index - width) + at(index + width) - 4 * at(index)
      sum += bend
      squares += bend * bend
      count += 1
    }
  }
  return count === 0 ? 0 : Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2))
}

function emptyShare(planes: Planes): number {
  const columns = Math.min(fieldsASide, planes.width)
  const rows = Math.min(fieldsASide, planes.height)
  let empty = 0
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const left = Math.floor((column * planes.width) / columns)
      const right = Math.floor(((column + 1) * planes.width) / columns)
      const top = Math.floor((row * planes.height) / rows)
      const bottom = Math.floor(((row + 1) * planes.height) / rows)
      if (scatterWithin(planes, { left, right, top, bottom }) < emptyScatter)
        empty += (right - left) * (bottom - top)
    }
  }
  return empty / planes.count
}

function scatterWithin(
  { lightness, a, b, width }: Planes,
  { left, right, top, bottom }: { left: number; right: number; top: number; bottom: number },
): number {
  const variances = [lightness, a, b].map((plane) => {
    let sum = 0
    let squares = 0
    for (let y = top; y < bottom; y += 1) {
      for (const value of plane.subarray(y * width + left, y * width + right)) {
        sum += value
        squares += value * value
      }
    }
    const count = (right - left) * (bottom - top)
    return Math.max(0, squares / count - (sum / count) ** 2)
  })
  return Math.sqrt(variances.reduce((sum, variance) => sum + variance, 0))
}

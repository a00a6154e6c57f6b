/** How much of a tile lies on its neighbour, so that no seams show; the worker tells the engine the same. */
const overlap = 0.25

/** Smaller tiles save little more, and seams begin to show. Pixels. */
const smallestSide = 192

/** The engine counts in latents, of eight pixels a side. */
const unit = 8

/** Where a person asks for tiles, and memory does not, they are at most so large. */
const usualSide = 640

/**
 * Sides of tiles for a picture, the largest first: each divides its longer side into two, three and so on without a rest,
 * since a rest would cost a whole row of tiles. Pixels.
 */
export function tileSides(width: number, height: number): number[] {
  const longer = Math.max(width, height)
  const sides: number[] = []
  for (let count = 2; ; count += 1) {
    const side = Math.ceil(longer / (1 + (count - 1) * (1 - overlap)) / unit) * unit
    if (side < smallestSide || side >= longer) return sides
    sides.push(side)
  }
}

/** The side of tiles a picture gets that is to have some; null where it is too small for any. */
export function usualTileSide(width: number, height: number): number | null {
  const sides = tileSides(width, height)
  return sides.find((side) => side <= usualSide) ?? sides.at(-1) ?? null
}

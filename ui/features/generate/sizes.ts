import type { PresetDefaults } from '../../../contracts/entities/preset.ts'

/** A shape of picture, by the relation of its sides. */
export interface Shape {
  readonly label: string
  readonly width: number
  readonly height: number
}

export const shapes: readonly Shape[] = [
  { label: 'Square', width: 1, height: 1 },
  { label: 'Portrait', width: 2, height: 3 },
  { label: 'Landscape', width: 3, height: 2 },
  { label: 'Wide', width: 16, height: 9 },
]

/** A size of this shape with about as many pixels as the preset's own, in sides the engine takes. */
export function sizeOf(
  shape: Shape,
  defaults: Pick<PresetDefaults, 'width' | 'height'>,
  maxSide: number,
): { width: number; height: number } {
  const ratio = shape.width / shape.height
  const width = Math.sqrt(defaults.width * defaults.height * ratio)
  const shrink = Math.min(1, maxSide / Math.max(width, width / ratio))
  return { width: toSide(width * shrink), height: toSide((width * shrink) / ratio) }
}

/** The nearest side the engine takes: a multiple of 8 between 64 and 4096. */
export function toSide(pixels: number): number {
  return Math.min(4096, Math.max(64, Math.round(pixels / 8) * 8))
}

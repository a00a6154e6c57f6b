import type { DominantColor, Measurements } from '../../../contracts/entities/analysis.ts'
import { dominantColors } from './dominant-colors.ts'
import { measureDetail } from './measure-detail.ts'
import { strongestChroma } from './oklab.ts'
import { toPlanes, type Planes } from './planes.ts'
import type { Pixels } from './pixels.ts'

/** Shapes nearer to a square than this are called square. */
const squareWithin = 0.02

/** Colours that scatter less than this, in OKLab, are one colour to the eye. */
const blankScatter = 0.012

/** What the pixels of a picture say. Deterministic: the same picture gives the same figures. */
export function measure(pixels: Pixels): { measurements: Measurements; colors: DominantColor[] } {
  const planes = toPlanes(pixels)
  const { width, height } = pixels.original
  const ratio = width / height
  const lightness = spread(planes.lightness)
  const scatter = Math.hypot(lightness.deviation, spread(planes.a).deviation, spread(planes.b).deviation)
  const { sharpness, blankArea } = measureDetail(planes, lightness.deviation)
  return {
    measurements: {
      width,
      height,
      orientation: Math.abs(ratio - 1) <= squareWithin ? 'square' : ratio > 1 ? 'landscape' : 'portrait',
      aspect_ratio: round(ratio),
      brightness: share(lightness.mean),
      contrast: share(lightness.deviation),
      saturation: share(meanChroma(planes) / strongestChroma),
      sharpness: share(sharpness),
      entropy: round(entropyOf(planes.lightness)),
      shadows_clipped: share(countWhere(pixels.data, (value) => value <= 3) / planes.count),
      highlights_clipped: share(countWhere(pixels.data, (value) => value >= 252) / planes.count),
      blank_area: share(blankArea),
      transparency: share(planes.transparency),
      blank: scatter < blankScatter,
    },
    colors: dominantColors(planes),
  }
}

function spread(values: Float32Array): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  return { mean, deviation: Math.sqrt(variance) }
}

function meanChroma({ a, b, count }: Planes): number {
  let sum = 0
  for (let index = 0; index < count; index += 1) sum += Math.hypot(a[index] ?? 0, b[index] ?? 0)
  return sum / count
}

/** Bits that one pixel's lightness holds, in 256 steps. Source: C. E. Shannon, 1948. */
function entropyOf(lightness: Float32Array): number {
  const counts = new Uint32Array(256)
  for (const value of lightness) {
    const step = Math.min(255, Math.max(0, Math.round(value * 255)))
    counts[step] = (counts[step] ?? 0) + 1
  }
  return counts.reduce((sum, count) => {
    const part = count / lightness.length
    return count === 0 ? sum : sum - part * Math.log2(part)
  }, 0)
}

/** How many pixels that can be seen have all their channels within a range. */
function countWhere(data: Uint8Array, within: (value: number) => boolean): number {
  let count = 0
  for (let at = 0; at < data.length; at += 4) {
    const seen = (data[at + 3] ?? 0) >= 128
    if (seen && within(data[at] ?? 0) && within(data[at + 1] ?? 0) && within(data[at + 2] ?? 0)) count += 1
  }
  return count
}

const round = (value: number): number => Math.round(value * 1000) / 1000
const share = (value: number): number => round(Math.min(1, Math.max(0, value)))

import { toOklab } from './oklab.ts'
import type { Pixels } from './pixels.ts'

/** A picture in OKLab, a plane for each of its three values, laid on white where it is transparent. */
export interface Planes {
  readonly width: number
  readonly height: number
  /** Pixels in each plane. */
  readonly count: number
  readonly lightness: Float32Array
  readonly a: Float32Array
  readonly b: Float32Array
  /** Share of the light that comes through from behind. */
  readonly transparency: number
}

/** Takes a picture apart. */
export function toPlanes({ data, width, height }: Pixels): Planes {
  const count = width * height
  const lightness = new Float32Array(count)
  const a = new Float32Array(count)
  const b = new Float32Array(count)
  let clear = 0
  for (let index = 0, at = 0; index < count; index += 1, at += 4) {
    const alpha = (data[at + 3] ?? 0) / 255
    clear += 1 - alpha
    const onWhite = (value: number | undefined) => Math.round((value ?? 0) * alpha + 255 * (1 - alpha))
    const color = toOklab(onWhite(data[at]), onWhite(data[at + 1]), onWhite(data[at + 2]))
    lightness[index] = color.l
    a[index] = color.a
    b[index] = color.b
  }
  return { width, height, count, lightness, a, b, transparency: clear / count }
}

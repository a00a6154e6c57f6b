import sharp from 'sharp'

/**
 * Below this standard deviation (of 255) in every channel, a picture shows nothing. Broken frames measure 0 (NaN comes
 * out as one colour) up to about 1 (rounding); the darkest night scenes and palest sketches that show something, 3 or more.
 */
const leastDeviation = 2

/** The pixels of one picture, without compression: rows of interleaved channels, 8 bits each. */
export interface Pixels {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
  readonly channels: number
}

/** What the check found out; `deviations` are those of red, green and blue over the whole picture. */
export interface PictureFacts {
  readonly width: number
  readonly height: number
  readonly deviations: readonly number[]
  readonly blank: boolean
}

/**
 * Looks at a picture an engine made.
 *
 * @throws where the bytes are no readable picture
 */
export async function examinePicture(png: Buffer): Promise<PictureFacts> {
  const { data, info } = await sharp(png)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  const deviations = measureDeviations({
    data,
    width: info.width,
    height: info.height,
    channels: info.channels,
  })
  return { width: info.width, height: info.height, deviations, blank: isBlank(deviations) }
}

/** True where no channel varies enough to show anything. */
export function isBlank(deviations: readonly number[]): boolean {
  return deviations.every((deviation) => deviation < leastDeviation)
}

/** The standard deviation of each channel. */
export function measureDeviations({ data, width, height, channels }: Pixels): number[] {
  const count = width * height
  return Array.from({ length: channels }, (_, channel) => {
    let sum = 0
    let squares = 0
    for (let index = channel; index < data.length; index += channels) {
      const value = data[index] ?? 0
      sum += value
      squares += value * value
    }
    const mean = sum / count
    return Math.sqrt(Math.max(0, squares / count - mean * mean))
  })
}

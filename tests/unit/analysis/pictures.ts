import { createHash } from 'node:crypto'
import sharp from 'sharp'

export const side = 128

/** A PNG of which every pixel is made by a function; 3 or 4 channels, 0 to 255. */
export function picture(
  pixel: (x: number, y: number) => readonly number[],
  { width = side, height = side } = {},
): Promise<Buffer> {
  const channels = pixel(0, 0).length as 3 | 4
  const data = Buffer.from(
    Array.from({ length: width * height }, (_, index) =>
      pixel(index % width, Math.floor(index / width)),
    ).flat(),
  )
  return sharp(data, { raw: { width, height, channels } }).png().toBuffer()
}

export const solid = (...color: number[]) => picture(() => color)
export const gradient = () => picture((x) => Array<number>(3).fill(Math.round((x * 255) / (side - 1))))
export const checkerboard = (field: number) =>
  picture((x, y) =>
    Array<number>(3).fill((Math.floor(x / field) + Math.floor(y / field)) % 2 === 0 ? 0 : 255),
  )

/** Ellipses on a ground, all their own for each number: many pictures that look different. */
export function scene(number: number, size = { width: side, height: side }): Promise<Buffer> {
  const chance = createHash('sha512').update(`scene ${number}`).digest()
  const part = (step: number) => (chance[step % 64] ?? 0) / 255
  const color = (step: number) => [0, 1, 2].map((channel) => Math.round(part(step + channel) * 255))
  const ellipses = Array.from({ length: 6 }, (_, index) => ({
    x: part(index * 8),
    y: part(index * 8 + 1),
    width: 0.08 + part(index * 8 + 2) * 0.3,
    height: 0.08 + part(index * 8 + 3) * 0.3,
    color: color(index * 8 + 4),
  }))
  const ground = color(60)
  return picture((x, y) => {
    const within = ellipses.findLast(
      (one) =>
        ((x / size.width - one.x) / one.width) ** 2 + ((y / size.height - one.y) / one.height) ** 2 < 1,
    )
    return within?.color ?? ground
  }, size)
}

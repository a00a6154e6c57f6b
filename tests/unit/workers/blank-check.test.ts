import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { examinePicture, isBlank, measureDeviations } from '../../../workers/image/blank-check.ts'

const side = 128

/** A picture from a function of the place, giving red, green and blue. */
function draw(colour: (x: number, y: number) => readonly [number, number, number]): Promise<Buffer> {
  const pixels = Buffer.alloc(side * side * 3)
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) pixels.set(colour(x, y), (y * side + x) * 3)
  }
  return sharp(pixels, { raw: { width: side, height: side, channels: 3 } })
    .png()
    .toBuffer()
}

/** An even spread of small differences, as rounding leaves them; the same at each run. */
const grain = (x: number, y: number): number => (x * 7 + y * 13) % 3

describe('the blank check', () => {
  it.each([
    ['black, as NaN comes out', draw(() => [0, 0, 0])],
    ['white', draw(() => [255, 255, 255])],
    ['of one colour', draw(() => [120, 40, 200])],
    ['of one colour but for rounding', draw((x, y) => [120 + grain(x, y), 120, 121 + grain(y, x)])],
    ['black but for one bright pixel', draw((x, y) => (x + y === 0 ? [200, 200, 200] : [0, 0, 0]))],
  ])('finds a frame blank that is %s', async (_, picture) => {
    expect((await examinePicture(await picture)).blank).toBe(true)
  })

  it.each([
    [
      'a night sky with a few stars',
      draw((x, y) => ((x * 31 + y * 17) % 97 === 0 ? [90, 90, 110] : [3, 3, 8])),
    ],
    [
      'a night with a small lamp',
      draw((x, y) => (Math.hypot(x - 40, y - 80) < 6 ? [80, 60, 20] : [4, 4, 6])),
    ],
    ['a dim slope from black to nearly black', draw((_x, y) => [y / 12, y / 12, y / 10])],
    ['a pale sketch on white', draw((x, y) => ((x - y) % 32 === 0 ? [225, 225, 225] : [252, 252, 252]))],
    ['a picture in one channel', draw((x) => [0, 0, x])],
  ])('lets %s pass', async (_, picture) => {
    expect((await examinePicture(await picture)).blank).toBe(false)
  })

  it('takes fog as a picture where a fog can be seen', async () => {
    const fog = await examinePicture(
      await draw((x, y) => [200 + 8 * Math.sin(x / 20), 202 + 8 * Math.sin(y / 25), 205]),
    )
    expect(fog.blank).toBe(false)
  })

  it('tells the size and the deviations', async () => {
    const facts = await examinePicture(await draw((x) => [x < side / 2 ? 0 : 100, 7, 0]))
    expect(facts).toMatchObject({ width: side, height: side, deviations: [50, 0, 0] })
  })

  it('measures each channel by itself', () => {
    const data = Uint8Array.from([0, 9, 10, 9])
    expect(measureDeviations({ data, width: 2, height: 1, channels: 2 })).toEqual([5, 0])
    expect(isBlank([5, 0])).toBe(false)
    expect(isBlank([1.9, 0, 1.9])).toBe(true)
  })

  it('rejects bytes that are no picture', async () => {
    await expect(examinePicture(Buffer.from('no picture'))).rejects.toThrow('unsupported image format')
  })
})

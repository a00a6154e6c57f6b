import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { describeLimits, describePicture } from '../../../orchestrator/domain/analysis/describe-picture.ts'
import { MeasureThread } from '../../../orchestrator/domain/analysis/measure-thread.ts'
import { measure } from '../../../orchestrator/domain/analysis/measure.ts'
import { readPixels } from '../../../orchestrator/domain/analysis/pixels.ts'
import { codeOf } from '../domain/support.ts'
import { checkerboard, gradient, picture, scene, solid } from './pictures.ts'

const measured = async (bytes: Buffer) => measure(await readPixels(bytes))

describe('measuring pixels', () => {
  test('[analysis-pixels] one colour is blank, even and without detail', async () => {
    const { measurements, colors } = await measured(await solid(224, 27, 27))
    expect(colors).toEqual([{ name: 'red', hex: '#e01b1b', share: 1 }])
    expect(measurements).toMatchObject({
      orientation: 'square',
      contrast: 0,
      sharpness: 0,
      entropy: 0,
      blank_area: 1,
      blank: true,
    })
    expect(describePicture(measurements, colors, 0)[0]).toBe(
      'The picture is blank: nothing but one even red.',
    )
  })

  test('[analysis-pixels] black and white halves: brightness, contrast, entropy and clipping are exact', async () => {
    const { measurements, colors } = await measured(
      await picture((x) => (x < 64 ? [0, 0, 0] : [255, 255, 255])),
    )
    expect(measurements).toMatchObject({
      brightness: 0.5,
      contrast: 0.5,
      saturation: 0,
      entropy: 1,
      shadows_clipped: 0.5,
      highlights_clipped: 0.5,
      blank: false,
    })
    expect(colors.map(({ name, share }) => [name, share])).toEqual([
      ['black', 0.5],
      ['white', 0.5],
    ])
  })

  test('[analysis-pixels] a quarter that is burnt out is told as a quarter', async () => {
    const { measurements } = await measured(
      await picture((x, y) =>
        x < 64 && y < 64 ? [255, 255, 255] : [90 + (x % 7) * 8, 120, 60 + (y % 5) * 9],
      ),
    )
    expect(measurements.highlights_clipped).toBe(0.25)
    expect(measurements.blank_area).toBe(0.25)
    expect(measurements.shadows_clipped).toBe(0)
  })

  test('[analysis-pixels] an even run from black to white uses every lightness and is soft', async () => {
    const { measurements } = await measured(await gradient())
    expect(measurements.entropy).toBeGreaterThan(6.5)
    expect(measurements.sharpness).toBeLessThan(0.1)
    expect(measurements.blank_area).toBeLessThan(0.1)
  })

  test('[analysis-pixels] the finer the board, the sharper; blurred it is soft', async () => {
    const [fine, coarse] = [await checkerboard(1), await checkerboard(32)]
    const blurred = await sharp(coarse).blur(8).png().toBuffer()
    const [first, second, third] = await Promise.all([fine, coarse, blurred].map(measured))
    expect(first?.measurements.sharpness).toBe(1)
    expect(second?.measurements.sharpness).toBeGreaterThan(0.3)
    expect(third?.measurements.sharpness).toBeLessThan(0.1)
  })

  test('[analysis-pixels] the same picture dimmed is as sharp', async () => {
    const bright = await scene(3)
    const dim = await sharp(bright).linear(0.5, 20).png().toBuffer()
    const [one, other] = [(await measured(bright)).measurements, (await measured(dim)).measurements]
    expect(Math.abs(one.sharpness - other.sharpness)).toBeLessThan(0.1)
    expect(other.brightness).toBeLessThan(one.brightness)
    expect(other.contrast).toBeLessThan(one.contrast)
  })

  test('[analysis-pixels] shares of colours are those of the areas, the largest first', async () => {
    const { colors } = await measured(
      await picture((x) => (x < 70 ? [28, 72, 220] : x < 110 ? [251, 225, 28] : [31, 154, 46])),
    )
    expect(colors.map(({ name, share }) => [name, Math.round(share * 128)])).toEqual([
      ['blue', 70],
      ['yellow', 40],
      ['green', 18],
    ])
  })

  test('[analysis-pixels] transparency is measured, and laid on white for the rest', async () => {
    const { measurements, colors } = await measured(
      await picture((x) => (x < 32 ? [0, 0, 0, 0] : [224, 27, 27, 255])),
    )
    expect(measurements.transparency).toBe(0.25)
    expect(measurements.shadows_clipped).toBe(0)
    expect(colors.map(({ name }) => name)).toEqual(['red', 'white'])
    expect((await measured(await solid(0, 0, 0, 0))).measurements).toMatchObject({
      transparency: 1,
      blank: true,
    })
  })

  test.each([
    [64, 128, 'portrait'],
    [128, 64, 'landscape'],
    [100, 101, 'square'],
    [1, 1, 'square'],
    [1, 300, 'portrait'],
    [3000, 2, 'landscape'],
  ])('[analysis-pixels] %i x %i is %s, with the size of the file', async (width, height, orientation) => {
    const bytes = await picture((x, y) => [(x * 40) % 256, (y * 30) % 256, 90], { width, height })
    expect((await measured(bytes)).measurements).toMatchObject({ width, height, orientation })
  })

  test(
    '[analysis-pixels] a thread measures the same, one picture after the other',
    { timeout: 30_000 },
    async () => {
      const thread = new MeasureThread()
      const bytes = await scene(5)
      const pixels = [await readPixels(bytes), await readPixels(bytes), await readPixels(bytes)] as const
      const here = measure(pixels[0])
      expect(await Promise.all([thread.measure(pixels[1]), thread.measure(pixels[2])])).toEqual([here, here])
      // A picture that is handed over twice fails, and the next one is measured all the same.
      await expect(thread.measure(pixels[1])).rejects.toThrow('Cannot transfer')
      expect(await thread.measure(pixels[0])).toEqual(here)
    },
  )

  test('[analysis-errors] what is no whole picture is refused by its code', async () => {
    const bytes = await scene(1)
    expect(await codeOf(() => readPixels(bytes.subarray(0, 400)))).toBe('picture_unreadable')
    expect(await codeOf(() => readPixels(Buffer.from('no picture')))).toBe('picture_unreadable')
  })
})

describe('the sentences', () => {
  test('[analysis-pixels] tell colours, light, edges, areas, shape and similar pictures', async () => {
    const { measurements, colors } = await measured(
      await picture((x, y) => (x < 64 ? [0, 0, 0] : [224, 27 + ((x + y) % 2) * 20, 27])),
    )
    expect(describePicture(measurements, colors, 2)).toEqual([
      'Mostly red (50%) and black (50%).',
      'Dark, with strong contrast and natural colours.',
      'Edges are clear.',
      '50% of it is pure black, without any drawing in it.',
      '50% of it is even, with next to nothing in it.',
      'Square format, 128 x 128 pixels.',
      '2 other pictures of the gallery look much the same.',
    ])
  })

  test('[analysis-honest] a question gets a plain no, and the prompt is told apart from what was seen', () => {
    expect(describeLimits(undefined, false)).toBe(
      'This analysis measures pixels: colours, light and fine detail. It cannot see what the picture shows.',
    )
    const limits = describeLimits('Is there a cat?', true)
    expect(limits).toContain('so it cannot answer the question.')
    expect(limits).toContain('what was asked for')
  })
})

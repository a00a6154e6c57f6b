import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import {
  cutFromCanvas,
  CuttingReporter,
  fitToCanvas,
} from '../../../workers/image/engines/embedded/canvas.ts'
import type { EngineReport } from '../../../workers/image/engines/engine.ts'
import { imageRequest, modelOf } from '../../support/image-requests.ts'

/** A picture in which each place has its own colour. */
function gradient(width: number, height: number): Promise<Buffer> {
  const data = Buffer.alloc(width * height * 3)
  for (let i = 0; i < width * height; i += 1) data.set([i % width, Math.floor(i / width), 77], i * 3)
  return sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer()
}

describe('the canvas', () => {
  it('leaves sizes alone that the engine takes, to the byte', async () => {
    const request = imageRequest(modelOf('/m'), { width: 128, init_image_base64: 'untouched' })
    expect(await fitToCanvas(request)).toEqual(request)
    const picture = await gradient(128, 64)
    expect(await cutFromCanvas(picture, { width: 128, height: 64 })).toBe(picture)
  })

  it('gives back exactly the place of the source it was given', async () => {
    const source = await gradient(72, 104)
    const wanted = { width: 72, height: 104, init_image_base64: source.toString('base64') }
    const fitted = await fitToCanvas(imageRequest(modelOf('/m'), wanted))
    expect(fitted).toMatchObject({ width: 128, height: 128 })
    const canvas = Buffer.from(fitted.init_image_base64 ?? '', 'base64')
    expect(await sharp(canvas).metadata()).toMatchObject({ width: 128, height: 128 })
    const back = await cutFromCanvas(canvas, wanted)
    expect(await sharp(back).raw().toBuffer()).toEqual(await sharp(source).raw().toBuffer())
  })

  it('does not cut what has not the size of the canvas, so that it is noticed', async () => {
    const picture = await gradient(100, 100)
    expect(await cutFromCanvas(picture, { width: 72, height: 104 })).toBe(picture)
  })

  it('passes reports on in order and cuts the pictures', async () => {
    const reports: EngineReport[] = []
    const reporter = new CuttingReporter({ width: 72, height: 64 }, (report) => reports.push(report))
    reporter.take({ type: 'image', index: 0, png: await gradient(128, 64) })
    reporter.take({ type: 'image', index: 1, png: Buffer.from('unreadable') })
    await reporter.settled()
    const images = reports.flatMap((report) => (report.type === 'image' ? [report] : []))
    expect(images.map((image) => image.index)).toEqual([0, 1])
    expect(await sharp(images[0]?.png).metadata()).toMatchObject({ width: 72, height: 64 })
  })
})

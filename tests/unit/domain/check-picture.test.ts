import sharp from 'sharp'
import { expect, test } from 'vitest'
import { checkPicture } from '../../../orchestrator/domain/pictures/check-picture.ts'
import { hugePng } from '../../support/huge-png.ts'
import { codeOf } from './support.ts'

/** Two halves, so that turning it shows: the left one red, the right one blue. */
function halves() {
  const pixels = Buffer.alloc(40 * 20 * 3)
  for (let pixel = 0; pixel < 800; pixel += 1) pixels[pixel * 3 + (pixel % 40 < 20 ? 0 : 2)] = 255
  return sharp(pixels, { raw: { width: 40, height: 20, channels: 3 } })
}

test.each(['png', 'jpeg', 'webp'] as const)('[http-uploads] a %s is taken in as PNG', async (format) => {
  const checked = await checkPicture(await halves().toFormat(format).toBuffer())
  expect(checked).toMatchObject({ width: 40, height: 20 })
  expect((await sharp(checked.png).metadata()).format).toBe('png')
})

test('[http-uploads] a picture is turned upright, and nothing but its pixels is kept', async () => {
  const turned = await halves()
    .withMetadata({ orientation: 6, exif: { IFD0: { Artist: 'someone' } } })
    .jpeg()
    .toBuffer()
  const { png, width, height } = await checkPicture(turned)
  expect({ width, height }).toEqual({ width: 20, height: 40 })
  const { data } = await sharp(png).raw().toBuffer({ resolveWithObject: true })
  expect(data[0]).toBeGreaterThan(200)
  expect(data.at(-1)).toBeGreaterThan(200)
  expect((await sharp(png).metadata()).exif).toBeUndefined()
  expect(png.includes('someone')).toBe(false)
})

test('[http-uploads] what is transparent becomes white', async () => {
  const clear = await sharp({
    create: { width: 8, height: 8, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
  })
    .png()
    .toBuffer()
  const { data, info } = await sharp((await checkPicture(clear)).png)
    .raw()
    .toBuffer({ resolveWithObject: true })
  expect(info.channels).toBe(3)
  expect(data.every((value) => value === 255)).toBe(true)
})

test('[http-uploads] a grey picture with 16 bits becomes an ordinary one', async () => {
  const grey = await halves().toColourspace('grey16').png().toBuffer()
  expect(await sharp((await checkPicture(grey)).png).metadata()).toMatchObject({
    space: 'srgb',
    depth: 'uchar',
  })
})

test('[http-uploads] a bomb of 20,000 pixels a side is refused before it is decoded', async () => {
  const bomb = hugePng(20_000)
  expect(bomb.length).toBeLessThan(100_000)
  expect(await codeOf(() => checkPicture(bomb))).toBe('picture_too_large')
})

const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><image href="file:///etc/passwd"/></svg>'

test.each([
  ['SVG', async () => Buffer.from(svg), 'picture_format_not_allowed'],
  ['SVG behind a comment', async () => Buffer.from(`<!-- a picture -->${svg}`), 'picture_format_not_allowed'],
  [
    'SVG with an XML declaration',
    async () => Buffer.from(`<?xml version="1.0"?>${svg}`),
    'picture_format_not_allowed',
  ],
  ['GIF', () => halves().gif().toBuffer(), 'picture_format_not_allowed'],
  ['TIFF', () => halves().tiff().toBuffer(), 'picture_format_not_allowed'],
  ['AVIF', () => halves().avif().toBuffer(), 'picture_format_not_allowed'],
  ['text', async () => Buffer.from('no picture at all'), 'picture_unreadable'],
  ['nothing', async () => Buffer.alloc(0), 'picture_unreadable'],
  [
    'text that begins like a PNG',
    async () => Buffer.from('\x89PNG\r\n\x1a\nno picture', 'latin1'),
    'picture_unreadable',
  ],
  [
    'SVG that begins like a JPEG',
    async () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from(svg)]),
    'picture_unreadable',
  ],
  ['half a JPEG', async () => cutOff(await halves().jpeg().toBuffer()), 'picture_unreadable'],
  ['half a PNG', async () => cutOff(await halves().png().toBuffer()), 'picture_unreadable'],
  [
    'half a WebP',
    async () => cutOff(await halves().webp({ lossless: true }).toBuffer()),
    'picture_unreadable',
  ],
])('[http-uploads] %s is refused', async (_, bytes, code) => {
  expect(await codeOf(async () => checkPicture(await bytes()))).toBe(code)
})

function cutOff(bytes: Buffer): Buffer {
  return bytes.subarray(0, Math.floor(bytes.length * 0.6))
}

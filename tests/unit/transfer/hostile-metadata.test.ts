import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PictureFormat } from '../../../orchestrator/domain/pictures/picture-format.ts'
import { readExifTexts } from '../../../orchestrator/domain/transfer/metadata/exif-texts.ts'
import { readMetadata } from '../../../orchestrator/domain/transfer/metadata/read-metadata.ts'
import { buildRecipe } from '../../../orchestrator/domain/transfer/build-recipe.ts'
import { recipeSchema } from '../../../contracts/entities/recipe.ts'
import { exifWith, jpegWith, pngWith, pngWithChunks, pngWithUtf8 } from '../../support/foreign-pictures.ts'
import { foreignRecipes } from '../../support/foreign-recipes.ts'

const keywords = [
  'parameters',
  'prompt',
  'workflow',
  'invokeai_metadata',
  'sd-metadata',
  'Dream',
  'mysticanvas',
]
const size = { width: 96, height: 64, file: 'picture.png' }

/** Whatever was found makes a recipe the contract accepts. */
function expectValid(found: ReturnType<typeof readMetadata>['found']): void {
  expect(recipeSchema.safeParse(buildRecipe(found, size, [])).error).toBeUndefined()
}

describe('[transfer-hostile-metadata] metadata that was made to do harm', () => {
  test('any text under any keyword gives a valid recipe or none, and never throws', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.json({ maxDepth: 6 }),
      fc
        .constantFrom(...Object.values(foreignRecipes))
        .chain((whole) =>
          fc
            .tuple(fc.nat(whole.length), fc.nat(60), fc.string({ maxLength: 20 }))
            .map(([at, cut, put]) => whole.slice(0, at) + put + whole.slice(at + cut)),
        ),
    )
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...keywords), text, async (keyword, content) => {
        expectValid(readMetadata(await pngWithUtf8({ [keyword]: content }), 'png').found)
      }),
      { numRuns: 300 },
    )
  })

  test('graphs of any shape', async () => {
    const link = fc.tuple(fc.constantFrom('1', '2', '3', 'x'), fc.nat(3))
    const value = fc.oneof(link, fc.string({ maxLength: 10 }), fc.double(), fc.constant(null), fc.anything())
    const input = fc.constantFrom('model', 'positive', 'negative', 'latent_image', 'text', 'seed', 'cfg')
    const node = fc.record({
      class_type: fc.constantFrom(
        'KSampler',
        'CLIPTextEncode',
        'LoraLoader',
        'EmptyLatentImage',
        '__proto__',
      ),
      inputs: fc.dictionary(input, value),
    })
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.constantFrom('1', '2', '3'), node), async (graph) => {
        const text = JSON.stringify(graph, (_, item: unknown) => (typeof item === 'bigint' ? 0 : item))
        expectValid(readMetadata(await pngWithUtf8({ prompt: text }), 'png').found)
      }),
      { numRuns: 200 },
    )
  })

  test('any bytes behind the beginning of a picture', () => {
    const heads = {
      png: '\x89PNG\r\n\x1a\n',
      jpeg: '\xff\xd8\xff\xe1\0\x20Exif\0\0II*\0\x08\0\0\0',
      webp: 'RIFF\0\0\0\0WEBPEXIF\x20\0\0\0MM\0*\0\0\0\x08',
    }
    fc.assert(
      fc.property(
        fc.constantFrom<PictureFormat[]>('png', 'jpeg', 'webp'),
        fc.uint8Array({ maxLength: 300 }),
        (format, tail) => {
          const bytes = Buffer.concat([Buffer.from(heads[format], 'latin1'), tail])
          expectValid(readMetadata(bytes, format).found)
        },
      ),
      { numRuns: 500 },
    )
  })

  test('EXIF whose entries all point at everything costs no more than its length', () => {
    const exif = exifWith('a', 'bare')
    const huge = Buffer.concat([exif, Buffer.alloc(60_000, 0x41)])
    huge.writeUInt16LE(65_535, 8)
    huge.writeUInt32LE(0xffff_ffff, 8 + 2 + 4)
    expect([...readExifTexts(huge).keys()].length).toBeLessThan(5)
  })

  test('a text that unpacks to 100 MB is left unread and named; the picture stays good', async () => {
    const bomb = deflateSync(Buffer.alloc(100 * 1024 * 1024, 0x20))
    const packed = { type: 'zTXt', data: Buffer.concat([Buffer.from('parameters\0\0'), bomb]) }
    const { found } = readMetadata(await pngWithChunks([packed]), 'png')
    expect(found?.settings).toEqual({})
    expect(found?.unread).toEqual([
      { name: 'parameters', value: 'This text is damaged or too long to be read.' },
    ])
  })

  test('of a thousand texts only the first are read', async () => {
    const chunks = Array.from({ length: 1000 }, (_, index) => ({
      type: 'tEXt',
      data: Buffer.from(`key${index}\0text`),
    }))
    const { found } = readMetadata(await pngWithChunks(chunks), 'png')
    expect(found?.unread.map(({ name }) => name)).toEqual(['960 more'])
  })

  test.each([
    ['[', ']'],
    ['{"a":', '1}'],
  ])('JSON nested a hundred thousand times: %s', async (open, close) => {
    const deep = `{"1":{"class_type":"KSampler","inputs":{"x":${open.repeat(100_000)}1${close.repeat(100_000)}}}}`
    expect(() => readMetadata(Buffer.from(deep), 'png')).not.toThrow()
    expectValid(readMetadata(await pngWith({ prompt: deep }), 'png').found)
  })

  test.each([
    ['a megabyte of one word', 'a'.repeat(1_000_000)],
    ['a megabyte of names without values', 'Steps '.repeat(170_000)],
    ['a megabyte of opening brackets', `"${'['.repeat(900_000)}" -s 1`],
    ['a megabyte of spaces', `"${' '.repeat(900_000)}" -s 1`],
    ['a megabyte of quotes', '"\\'.repeat(500_000)],
  ])('%s is read in one pass', async (_, text) => {
    for (const keyword of ['parameters', 'Dream', 'prompt'])
      expectValid(readMetadata(await pngWith({ [keyword]: text }), 'png').found)
  })

  test('scripts stay text', async () => {
    const prompt = '<script>alert(1)</script>'
    const text = `${prompt}\nSteps: 5, Sampler: Euler, Seed: 1, Size: 64x64, <img src=x onerror=alert(1)>: 1`
    const found = readMetadata(await jpegWith(exifWith(text, 'utf-8')), 'jpeg').found
    expect(found?.settings.prompt).toBe(prompt)
  })
})

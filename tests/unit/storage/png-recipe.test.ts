import { deflateSync } from 'node:zlib'
import * as fc from 'fast-check'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { samplers, schedulers } from '../../../contracts/entities/engine.ts'
import { toInfotext } from '../../../orchestrator/storage/infotext.ts'
import { readPngChunks, writePngChunks } from '../../../orchestrator/storage/png-chunks.ts'
import { readPngRecipe, writePngRecipe } from '../../../orchestrator/storage/png-recipe.ts'
import { recipe } from './support.ts'

const pixels = { width: 16, height: 8, channels: 3, background: { r: 200, g: 30, b: 90 } } as const
const png = await sharp({ create: pixels }).png().toBuffer()

function withChunk(type: string, data: Buffer): Buffer {
  const [header, ...rest] = readPngChunks(png)!
  return writePngChunks([header!, { type, data }, ...rest])
}

/** What chunks a PNG has with the recipe of this prompt in it. */
function chunkTypes(prompt: string): string[] {
  const file = writePngRecipe(png, recipe({ prompt }), '0')!
  return readPngChunks(file)!.map((chunk) => chunk.type)
}

describe('the parameters of a recipe', () => {
  test('are what other tools read', () => {
    expect(toInfotext(recipe(), '0.1')).toBe(
      'a red boat on the sea\n' +
        'Negative prompt: fog\n' +
        'Steps: 20, Sampler: Euler a, Schedule type: Karras, CFG scale: 4, Seed: 42, Size: 128x192, ' +
        'Model hash: ababababab, Model: small-world, Version: MystiCanvas 0.1',
    )
  })

  test('leave out what there is not, and quote what would be misread', () => {
    const files = [{ role: 'model', name: 'my: model, v2.gguf', sha256: null }]
    const changed = recipe({
      negative_prompt: '',
      strength: 0.6,
      clip_skip: 2,
      preset: { ...recipe().preset, files },
    })
    expect(toInfotext(changed, '0.1')).toBe(
      'a red boat on the sea\n' +
        'Steps: 20, Sampler: Euler a, Schedule type: Karras, CFG scale: 4, Seed: 42, Size: 128x192, ' +
        'Model: "my: model, v2", Denoising strength: 0.6, Clip skip: 2, Version: MystiCanvas 0.1',
    )
  })

  test('name every sampler and schedule', () => {
    for (const sampler of samplers)
      expect(toInfotext(recipe({ sampler }), '0')).toMatch(/Sampler: [A-Z][\w+ ]+,/)
    for (const scheduler of schedulers) {
      expect(toInfotext(recipe({ scheduler }), '0')).toMatch(/Schedule type: [A-Z][\w ]+,/)
    }
  })
})

describe('a recipe in a PNG', () => {
  test('is read as it was written, and the pixels stay', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'binary' }),
        async (prompt, negative) => {
          const written = recipe({ prompt: prompt.toWellFormed(), negative_prompt: negative.toWellFormed() })
          const file = writePngRecipe(png, written, '0.1')!
          const read = readPngRecipe(file)
          expect(read.recipe).toEqual(written)
          expect(read.parameters).toBe(toInfotext(written, '0.1').replaceAll('\0', ''))
          expect(await sharp(file).raw().toBuffer()).toEqual(await sharp(png).raw().toBuffer())
        },
      ),
      { numRuns: 40 },
    )
  })

  // Not with Latin-1: libvips takes such a text for UTF-8, other than the format says.
  test.each(['a red boat', '赤い船 🚢'])('is read by others: %s', async (prompt) => {
    const file = writePngRecipe(png, recipe({ prompt }), '0.1')!
    const comments = (await sharp(file).metadata()).comments
    expect(comments).toContainEqual({ keyword: 'parameters', text: toInfotext(recipe({ prompt }), '0.1') })
    expect(comments?.map((comment) => comment.keyword)).toEqual(['parameters', 'mysticanvas'])
  })

  test('is Latin-1 where that can hold it, else UTF-8', () => {
    expect(chunkTypes('Schloß').slice(0, 3)).toEqual(['IHDR', 'tEXt', 'iTXt'])
    expect(chunkTypes('船').slice(0, 3)).toEqual(['IHDR', 'iTXt', 'iTXt'])
  })

  test('replaces the one before', () => {
    const first = writePngRecipe(png, recipe({ prompt: 'first' }), '0')!
    const second = writePngRecipe(first, recipe({ prompt: 'second' }), '0')!
    expect(readPngRecipe(second).recipe?.prompt).toBe('second')
    expect(second.length).toBe(first.length + 2)
  })

  test('is not put into anything but a whole PNG', async () => {
    const jpeg = await sharp({ create: pixels }).jpeg().toBuffer()
    for (const file of [jpeg, Buffer.alloc(0), png.subarray(0, -1), png.subarray(0, 20)]) {
      expect(writePngRecipe(file, recipe(), '0')).toBeNull()
    }
  })
})

describe('reading a recipe', () => {
  const nothing = { recipe: null, parameters: null }

  test('finds what other tools wrote, packed or not', () => {
    const packed = deflateSync('Steps: 1')
    const zipped = withChunk('zTXt', Buffer.concat([Buffer.from('parameters\0\0'), packed]))
    expect(readPngRecipe(zipped).parameters).toBe('Steps: 1')
    const international = withChunk('iTXt', Buffer.concat([Buffer.from('parameters\0\x01\0en\0p\0'), packed]))
    expect(readPngRecipe(international).parameters).toBe('Steps: 1')
    expect(readPngRecipe(withChunk('tEXt', Buffer.from('parameters\0Größe', 'latin1'))).parameters).toBe(
      'Größe',
    )
  })

  test.each<[string, Buffer]>([
    ['a PNG without one', png],
    ['a text without an end of its keyword', withChunk('tEXt', Buffer.from('parameters'))],
    ['a keyword that is too long', withChunk('tEXt', Buffer.from(`${'p'.repeat(80)}\0text`))],
    ['a packed text that is damaged', withChunk('zTXt', Buffer.from('parameters\0\0nonsense'))],
    ['a packing nobody knows', withChunk('zTXt', Buffer.from('parameters\0\x01text'))],
    ['an international text that breaks off', withChunk('iTXt', Buffer.from('parameters\0\0\0en'))],
    ['an empty international text', withChunk('iTXt', Buffer.from('parameters\0'))],
    [
      'a text of more than 1 MB',
      withChunk('tEXt', Buffer.from(`parameters\0${'x'.repeat(1024 * 1024 + 1)}`)),
    ],
    ['a text that unpacks to more than 1 MB', withChunk('zTXt', bomb())],
    ['a recipe that is no JSON', withChunk('iTXt', Buffer.from('mysticanvas\0\0\0\0\0{'))],
    ['a recipe that is none', withChunk('iTXt', Buffer.from('mysticanvas\0\0\0\0\0{"prompt":1}'))],
  ])('%s gives nothing', (_name, file) => {
    expect(readPngRecipe(file)).toEqual(nothing)
  })

  test('gives nothing from a chunk whose checksum is wrong', () => {
    const file = writePngRecipe(png, recipe({ prompt: 'boat' }), '0')!
    const at = file.indexOf('boat')
    file[at] = 'g'.charCodeAt(0)
    expect(readPngRecipe(file)).toEqual(nothing)
  })

  test('never throws, whatever the bytes', () => {
    const whole = writePngRecipe(png, recipe(), '0')!
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.nat(whole.length),
        fc.nat(whole.length),
        (bytes, at, cut) => {
          expect(readPngRecipe(bytes).recipe).toBeNull()
          readPngRecipe(Buffer.concat([whole.subarray(0, 8), bytes]))
          const damaged = Buffer.from(whole)
          damaged.set(bytes.subarray(0, Math.max(0, whole.length - at)), at)
          readPngRecipe(damaged)
          readPngRecipe(whole.subarray(0, cut))
        },
      ),
      { numRuns: 2000 },
    )
  })

  test('never throws, whatever a text chunk holds', () => {
    const type = fc.constantFrom('tEXt', 'zTXt', 'iTXt')
    const keyword = fc.constantFrom('parameters\0', 'mysticanvas\0', '')
    fc.assert(
      fc.property(type, keyword, fc.uint8Array({ maxLength: 60 }), (kind, start, bytes) => {
        const read = readPngRecipe(withChunk(kind, Buffer.concat([Buffer.from(start), bytes])))
        expect(read.recipe).toBeNull()
      }),
      { numRuns: 2000 },
    )
  })
})

/** 64 MB of nothing in 64 kB. */
function bomb(): Buffer {
  return Buffer.concat([Buffer.from('parameters\0\0'), deflateSync(Buffer.alloc(64 * 1024 * 1024))])
}

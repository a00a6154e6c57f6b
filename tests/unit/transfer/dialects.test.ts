import { describe, expect, test } from 'vitest'
import { toInfotext } from '../../../orchestrator/storage/infotext.ts'
import { writePngRecipe } from '../../../orchestrator/storage/png-recipe.ts'
import { pictureFormatOf } from '../../../orchestrator/domain/pictures/picture-format.ts'
import type { FoundRecipe } from '../../../orchestrator/domain/transfer/metadata/found-recipe.ts'
import { readMetadata } from '../../../orchestrator/domain/transfer/metadata/read-metadata.ts'
import { exifWith, jpegWith, pngWith, pngWithUtf8, webpWith } from '../../support/foreign-pictures.ts'
import { foreignRecipes } from '../../support/foreign-recipes.ts'
import { recipe } from '../storage/support.ts'

function read(bytes: Buffer): FoundRecipe {
  const format = pictureFormatOf(bytes)
  const { found } = format === null ? { found: null } : readMetadata(bytes, format)
  if (found === null) throw new Error('Nothing was found.')
  return found
}

const unreadNames = (found: FoundRecipe) => found.unread.map(({ name }) => name)

describe('[transfer-dialects] the text of AUTOMATIC1111 and its descendants', () => {
  test('every setting, several lines, quoted values; what has no place is named', async () => {
    const found = read(await pngWith({ parameters: foreignRecipes.a1111 }))
    expect(found.tool).toBe('AUTOMATIC1111')
    expect(found.settings).toEqual({
      prompt: 'masterpiece, a castle on a hill, (glowing:1.2)\nsecond line of the prompt',
      negative_prompt: 'blurry, text\nmore of it',
      steps: 28,
      sampler: 'dpm++2m',
      scheduler: 'karras',
      guidance: 6.5,
      seed: 2_914_637_105,
      width: 512,
      height: 768,
      model_hash: '6ce0161689',
      model: 'v1-5-pruned-emaonly',
      strength: 0.35,
      clip_skip: 2,
    })
    expect(found.unread).toEqual([{ name: 'Lora hashes', value: 'detail: a1b2c3d4, ink: 99887766' }])
  })

  test('Forge', async () => {
    const found = read(await pngWith({ parameters: foreignRecipes.forge }))
    expect(found).toMatchObject({
      tool: 'Forge',
      settings: { prompt: 'a lighthouse', sampler: 'euler', scheduler: 'simple', guidance: 1, seed: 12 },
    })
    expect(unreadNames(found)).toEqual(['Distilled CFG Scale'])
  })

  test('stable-diffusion.cpp', async () => {
    const found = read(await pngWith({ parameters: foreignRecipes.stableDiffusionCpp }))
    expect(found).toMatchObject({
      tool: 'stable-diffusion.cpp',
      settings: { sampler: 'euler_a', scheduler: 'karras', guidance: 4.5, seed: 42, width: 512, height: 640 },
    })
  })

  test('Fooocus in its scheme a1111, with a sampler nobody here has', async () => {
    const found = read(await pngWith({ parameters: foreignRecipes.fooocusText }))
    expect(found).toMatchObject({
      tool: 'Fooocus',
      settings: { prompt: 'a knight, cinematic still', scheduler: 'karras', steps: 30 },
    })
    expect(found.settings.sampler).toBeUndefined()
    expect(unreadNames(found)).toContain('Sampler')
  })

  test('what this product writes itself', async () => {
    const own = recipe({ prompt: 'one, two: "three"', sampler: 'dpm++2s_a', scheduler: 'ays', clip_skip: 2 })
    const found = read(await pngWithUtf8({ parameters: toInfotext(own, '1.0.0') }))
    expect(found.tool).toBe('MystiCanvas')
    const { prompt, negative_prompt, seed, width, height, steps, guidance, sampler, scheduler, clip_skip } =
      own
    expect(found.settings).toMatchObject({
      prompt,
      negative_prompt,
      seed,
      width,
      height,
      steps,
      guidance,
      sampler,
      scheduler,
      clip_skip,
    })
  })

  test.each(['utf-16le', 'utf-16be', 'utf-8', 'bare'] as const)(
    'the comment of a JPEG and of a WebP in %s',
    async (encoding) => {
      const text = foreignRecipes.a1111.replace('castle', 'château')
      for (const isLittle of [true, false]) {
        const exif = exifWith(text, encoding, { isLittle })
        for (const file of [await jpegWith(exif), await webpWith(exif)])
          expect(read(file).settings).toMatchObject({
            prompt: expect.stringContaining('a château on a hill') as string,
            seed: 2_914_637_105,
          })
      }
    },
  )

  test('UTF-8 in a chunk that should be Latin-1, as many tools write it', async () => {
    const text = Buffer.from(foreignRecipes.a1111.replace('castle', '城')).toString('latin1')
    expect(read(await pngWith({ parameters: text })).settings.prompt).toContain('a 城 on a hill')
  })
})

describe('[transfer-dialects] ComfyUI', () => {
  test('follows the graph; LoRAs and unknown nodes are named', async () => {
    const found = read(await pngWith({ prompt: foreignRecipes.comfy }))
    expect(found.tool).toBe('ComfyUI')
    expect(found.settings).toEqual({
      prompt: 'a paper boat',
      negative_prompt: 'watermark',
      seed: 156_680_208,
      steps: 22,
      guidance: 8,
      sampler: 'dpm++2m',
      scheduler: 'karras',
      width: 512,
      height: 704,
      model: 'sd15/dreamshaper_8.safetensors',
    })
    expect(found.unread).toEqual([
      { name: 'LoRA', value: 'ink.safetensors (0.8)' },
      { name: 'Unknown nodes', value: 'FancyUpscaler' },
    ])
  })

  test('samplers made of parts, words from another node, NaN, and a seed of 64 bits to the digit', async () => {
    const found = read(await pngWith({ prompt: foreignRecipes.comfyFlux }))
    expect(found.settings).toEqual({
      prompt: 'a tin robot',
      steps: 20,
      sampler: 'euler',
      scheduler: 'simple',
      width: 1024,
      height: 768,
      model: 'flux1-dev.safetensors',
    })
    expect(found.unread).toContainEqual({ name: 'seed', value: '1125899906842624999' })
    expect(found.unread).toContainEqual({ name: 'FluxGuidance', value: '3.5' })
  })

  test('a graph as it was drawn', async () => {
    const found = read(await pngWith({ workflow: foreignRecipes.comfyWorkflow }))
    expect(found.settings).toEqual({
      prompt: 'a drawn graph',
      negative_prompt: 'nothing',
      seed: 99,
      steps: 15,
      guidance: 6,
      sampler: 'euler',
      scheduler: 'discrete',
      width: 640,
      height: 512,
      model: 'tiny.safetensors',
    })
  })

  test('a WebP, where the graph stands in a field for cameras', async () => {
    const exif = exifWith('', 'bare', { fields: { 0x0110: `prompt:${foreignRecipes.comfy}` } })
    expect(read(await webpWith(exif)).settings.prompt).toBe('a paper boat')
  })

  test('a graph in a circle, and one without a sampler', async () => {
    const circle = {
      1: {
        class_type: 'KSampler',
        inputs: { seed: 5, positive: ['2', 0], model: ['1', 0], latent_image: ['1', 0] },
      },
      2: { class_type: 'Odd', inputs: { conditioning: ['3', 0] } },
      3: { class_type: 'Odder', inputs: { conditioning: ['2', 0] } },
    }
    const found = read(await pngWith({ prompt: JSON.stringify(circle) }))
    expect(found.settings).toEqual({ seed: 5 })
    expect(found.unread).toContainEqual({ name: 'Unknown nodes', value: 'Odd, Odder' })
    const none = read(await pngWith({ prompt: '{"1":{"class_type":"Odd","inputs":{}}}' }))
    expect(unreadNames(none)).toEqual(['Unknown nodes', 'Graph'])
  })
})

describe('[transfer-dialects] the others', () => {
  test('InvokeAI 3 and later', async () => {
    const found = read(await pngWith({ invokeai_metadata: foreignRecipes.invokeAi }))
    expect(found).toMatchObject({
      tool: 'InvokeAI',
      settings: {
        prompt: 'a harbour at dawn',
        negative_prompt: 'people',
        sampler: 'dpm++2m',
        scheduler: 'karras',
        guidance: 5.5,
        model: 'Juggernaut XL',
        width: 1024,
        height: 768,
      },
    })
    expect(unreadNames(found)).toEqual(['loras'])
  })

  test('InvokeAI 2', async () => {
    expect(read(await pngWith({ 'sd-metadata': foreignRecipes.invokeAiSecond })).settings).toMatchObject({
      prompt: 'a mill by a river',
      negative_prompt: 'tourists',
      sampler: 'euler_a',
      seed: 1_950_357_039,
      model: 'stable-diffusion-1.5',
    })
  })

  test('InvokeAI 1', async () => {
    const found = read(await pngWith({ Dream: foreignRecipes.invokeAiDream }))
    expect(found.settings).toEqual({
      prompt: 'a mill by a river',
      negative_prompt: 'fog',
      steps: 50,
      seed: 1_950_357_039,
      width: 512,
      height: 640,
      guidance: 7.5,
    })
    expect(found.unread).toEqual([{ name: 'sampler', value: 'k_lms' }])
  })

  test.each(['png', 'jpeg'])('Fooocus in its own scheme, in a %s', async (format) => {
    const text = foreignRecipes.fooocus
    const file =
      format === 'png'
        ? await pngWith({ parameters: text, fooocus_scheme: 'fooocus' })
        : await jpegWith(exifWith(text, 'bare'))
    const found = read(file)
    expect(found).toMatchObject({
      tool: 'Fooocus',
      settings: {
        prompt: 'a knight',
        negative_prompt: 'anime',
        width: 1152,
        height: 896,
        sampler: 'euler_a',
        model_hash: 'aeb7e9e689',
      },
    })
    // It is larger than seeds are here.
    expect(found.unread).toContainEqual({ name: 'seed', value: '5104567812345678901' })
  })

  test('SwarmUI', async () => {
    const found = read(await pngWith({ parameters: foreignRecipes.swarm }))
    expect(found).toMatchObject({
      tool: 'SwarmUI',
      settings: { prompt: 'a glass cathedral', negative_prompt: 'crowd', seed: 305_223_794, steps: 25 },
    })
    expect(unreadNames(found)).toEqual(['loras'])
  })

  test('our own recipe, complete', async () => {
    const own = recipe({ prompt: 'a red boat' })
    const png = writePngRecipe(await pngWith({}), own, '1.0.0')
    expect(read(png ?? Buffer.alloc(0)).own).toEqual(own)
  })
})

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fingerprintOf, readModelShape } from '../../../orchestrator/domain/memory/model-shape.ts'
import { predictPeak, type Layout } from '../../../orchestrator/domain/memory/predict.ts'
import { writeRandomModel } from '../../support/random-model.ts'
import { builtInModelPath } from '../../support/built-in-model.ts'
import { gguf, safetensors } from '../domain/model-headers.ts'
import { temporaryFolder } from '../domain/support.ts'

const layout: Layout = { tileSide: null, vae: 'device', textEncoder: 'device', offload: false }

test('[memory-model] the parts of a checkpoint are told apart by the names of their tensors, with their bytes', async () => {
  const path = join(temporaryFolder(), 'model.safetensors')
  const header = {
    'model.diffusion_model.input_blocks.0.0.weight': { shape: [320, 4, 3, 3], data_offsets: [0, 100] },
    'cond_stage_model.transformer.x.weight': { shape: [1], data_offsets: [100, 130] },
    'first_stage_model.decoder.conv_out.weight': { shape: [3, 128, 3, 3], data_offsets: [130, 137] },
    'first_stage_model.encoder.conv_in.weight': { shape: [96, 3, 3, 3], data_offsets: [137, 140] },
  } as const
  writeFileSync(path, safetensors(header, 140))
  expect(await readModelShape({ model: path })).toEqual({
    parameters: { diffusion: 100, text_encoder: 30, vae: 10 },
    decoderChannels: 128,
    encoderChannels: 96,
    network: { kind: 'unet', width: 320 },
  })
})

test('[memory-model] the sizes in a GGUF file follow from where its tensors begin, of whatever type they are', async () => {
  const folder = temporaryFolder()
  const files = { model: join(folder, 'model.gguf'), t5xxl: join(folder, 't5.gguf') }
  writeFileSync(
    files.model,
    gguf({ 'double_blocks.0.x': [4], 'img_in.weight': [64, 3072], 'vae.x': [1] }, { dataBytes: 100 }),
  )
  writeFileSync(files.t5xxl, gguf({ 'enc.blk.0.x': [4] }, { dataBytes: 50 }))
  expect(await readModelShape(files)).toMatchObject({
    parameters: { diffusion: 64, text_encoder: 50, vae: 36 },
    network: { kind: 'transformer', width: 3072 },
  })
})

test('[memory-model] a file that changes makes another model of it', async () => {
  const path = join(temporaryFolder(), 'model.gguf')
  writeFileSync(path, 'one')
  const before = await fingerprintOf({ model: path })
  writeFileSync(path, 'other')
  expect(await fingerprintOf({ model: path })).not.toBe(before)
})

test('[memory-model] what the engine was seen to take is what the headers say, without any earlier run', async () => {
  const sketch = await readModelShape({ model: await builtInModelPath() })
  // Measured on diffusion-cpp 0.25 with one thread: the highest resident memory of its process.
  for (const [side, measured] of [
    [128, 584_077_312],
    [256, 830_025_728],
    [384, 1_239_470_080],
  ] as const) {
    const { device } = predictPeak(sketch, { width: side, height: side, fromPicture: false }, layout, true)
    expect(Math.abs(device - measured) / measured).toBeLessThan(0.05)
  }
  const random = await readModelShape(writeRandomModel(temporaryFolder()))
  const { device } = predictPeak(random, { width: 256, height: 256, fromPicture: false }, layout, true)
  expect(Math.abs(device - 296_783_872) / 296_783_872).toBeLessThan(0.05)
})

test('[memory-model] moving parts to the processor takes from the one memory and adds to the other', async () => {
  const shape = await readModelShape({ model: await builtInModelPath() })
  const demand = { width: 512, height: 512, fromPicture: false }
  const before = predictPeak(shape, demand, layout, false)
  const after = predictPeak(shape, demand, { ...layout, vae: 'cpu', textEncoder: 'cpu' }, false)
  expect(after.device).toBeLessThan(before.device)
  expect(after.system).toBeGreaterThan(before.system)
  expect(predictPeak(shape, demand, { ...layout, tileSide: 192 }, true).device).toBeLessThan(
    predictPeak(shape, demand, layout, true).device,
  )
})

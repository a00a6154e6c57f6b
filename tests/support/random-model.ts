import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { ModelFiles } from '../../contracts/entities/preset.ts'
import { randomFrom } from './random.ts'

/**
 * Writes models of random weights, whole in the eyes of the engine and as small as it takes them: a FLUX transformer of one
 * double and one single block, a T5 encoder of one block, and a decoder with the fewest channels its norms allow. Their
 * pictures show nothing in particular, but they take memory as real ones do. Tensor names and shapes follow what
 * stable-diffusion.cpp looks for.
 */

const width = 128
const textWidth = 64
const latentChannels = 16
const decoderChannels = 32
const encoderChannels = 128
const levels = [1, 2, 4, 4]

/** How a tensor is filled: normal noise over `fan` inputs, one figure everywhere, or nothing at all. */
type Fill = { readonly gain: number } | { readonly value: number } | 'empty'

interface Tensor {
  readonly name: string
  readonly shape: readonly number[]
  readonly fill: Fill
}

/** What to make of the decoder. */
export interface RandomModelOptions {
  /** `noise` decodes to something; `flat` to one colour; `nan` to what is no number. */
  readonly decoder?: 'noise' | 'flat' | 'nan'
}

/** Writes the three files of a model into a folder. */
export function writeRandomModel(folder: string, { decoder = 'noise' }: RandomModelOptions = {}): ModelFiles {
  const files = {
    model: join(folder, 'random-flux.safetensors'),
    t5xxl: join(folder, 'random-t5.safetensors'),
    vae: join(folder, `random-vae-${decoder}.safetensors`),
  }
  writeTensors(files.model, transformer())
  writeTensors(files.t5xxl, textEncoder())
  writeTensors(files.vae, [...vaeEncoder(), ...vaeDecoder(decoder)])
  return files
}

function transformer(): Tensor[] {
  const stream = (name: string) => [
    ...linear(`${name}_mod.lin`, width, 6 * width),
    ...linear(`${name}_attn.qkv`, width, 3 * width),
    ...linear(`${name}_attn.proj`, width, width),
    ones(`${name}_attn.norm.query_norm.scale`, width),
    ones(`${name}_attn.norm.key_norm.scale`, width),
    ...linear(`${name}_mlp.0`, width, 4 * width),
    ...linear(`${name}_mlp.2`, 4 * width, width),
  ]
  return [
    ...linear('img_in', 4 * latentChannels, width),
    ...linear('time_in.in_layer', 256, width),
    ...linear('time_in.out_layer', width, width),
    ...linear('vector_in.in_layer', 768, width),
    ...linear('vector_in.out_layer', width, width),
    ...linear('txt_in', textWidth, width),
    ...stream('double_blocks.0.img'),
    ...stream('double_blocks.0.txt'),
    ...linear('single_blocks.0.linear1', width, 7 * width),
    ...linear('single_blocks.0.linear2', 5 * width, width),
    ...linear('single_blocks.0.modulation.lin', width, 3 * width),
    ones('single_blocks.0.norm.query_norm.scale', width),
    ones('single_blocks.0.norm.key_norm.scale', width),
    ...linear('final_layer.linear', width, 4 * latentChannels),
    ...linear('final_layer.adaLN_modulation.1', width, 2 * width),
  ]
}

function textEncoder(): Tensor[] {
  const block = 'encoder.block.0.layer.'
  const weight = (name: string, inputs: number, outputs: number) => linear(name, inputs, outputs).slice(0, 1)
  return [
    { name: 'shared.weight', shape: [32_128, textWidth], fill: { gain: 8 } },
    ...['q', 'k', 'v', 'o'].flatMap((part) =>
      weight(`${block}0.SelfAttention.${part}`, textWidth, textWidth),
    ),
    { name: `${block}0.SelfAttention.relative_attention_bias.weight`, shape: [32, 1], fill: { gain: 1 } },
    ones(`${block}0.layer_norm.weight`, textWidth),
    ...weight(`${block}1.DenseReluDense.wi_0`, textWidth, 2 * textWidth),
    ...weight(`${block}1.DenseReluDense.wi_1`, textWidth, 2 * textWidth),
    ...weight(`${block}1.DenseReluDense.wo`, 2 * textWidth, textWidth),
    ones(`${block}1.layer_norm.weight`, textWidth),
    ones('encoder.final_layer_norm.weight', textWidth),
  ]
}

/** The engine wants an encoder of full width, though only image-to-image runs it: it is left as a hole in the file. */
function vaeEncoder(): Tensor[] {
  const top = encoderChannels * 4
  const tensors: Tensor[] = [...convolution('encoder.conv_in', 3, encoderChannels, 3)]
  let channels = encoderChannels
  for (const [level, factor] of levels.entries()) {
    for (const block of [0, 1]) {
      tensors.push(...residual(`encoder.down.${level}.block.${block}`, channels, encoderChannels * factor))
      channels = encoderChannels * factor
    }
    if (level < 3)
      tensors.push(...convolution(`encoder.down.${level}.downsample.conv`, channels, channels, 3))
  }
  tensors.push(...middle('encoder', top), ...norm('encoder.norm_out', top))
  tensors.push(...convolution('encoder.conv_out', top, 2 * latentChannels, 3))
  return tensors.map((tensor) => ({ ...tensor, fill: 'empty' }))
}

function vaeDecoder(kind: NonNullable<RandomModelOptions['decoder']>): Tensor[] {
  let channels = decoderChannels * 4
  const tensors = [
    ...convolution('decoder.conv_in', latentChannels, channels, 3),
    ...middle('decoder', channels),
  ]
  for (const level of [3, 2, 1, 0]) {
    for (const block of [0, 1, 2]) {
      const wanted = decoderChannels * (levels[level] ?? 1)
      tensors.push(...residual(`decoder.up.${level}.block.${block}`, channels, wanted))
      channels = wanted
    }
    if (level > 0) tensors.push(...convolution(`decoder.up.${level}.upsample.conv`, channels, channels, 3))
  }
  const [weight, bias] = convolution('decoder.conv_out', channels, 3, 3)
  if (weight === undefined || bias === undefined) throw new Error('A convolution has both.')
  const fills = { noise: { gain: 0.3 }, flat: { value: 0 }, nan: { value: Number.NaN } } as const
  return [...tensors, ...norm('decoder.norm_out', channels), { ...weight, fill: fills[kind] }, bias]
}

function middle(part: string, channels: number): Tensor[] {
  return [
    ...residual(`${part}.mid.block_1`, channels, channels),
    ...norm(`${part}.mid.attn_1.norm`, channels),
    ...['q', 'k', 'v', 'proj_out'].flatMap((name) =>
      convolution(`${part}.mid.attn_1.${name}`, channels, channels, 1),
    ),
    ...residual(`${part}.mid.block_2`, channels, channels),
  ]
}

function residual(name: string, inputs: number, outputs: number): Tensor[] {
  return [
    ...norm(`${name}.norm1`, inputs),
    ...convolution(`${name}.conv1`, inputs, outputs, 3),
    ...norm(`${name}.norm2`, outputs),
    ...convolution(`${name}.conv2`, outputs, outputs, 3),
    ...(inputs === outputs ? [] : convolution(`${name}.nin_shortcut`, inputs, outputs, 1)),
  ]
}

function convolution(name: string, inputs: number, outputs: number, kernel: number): Tensor[] {
  return [
    { name: `${name}.weight`, shape: [outputs, inputs, kernel, kernel], fill: { gain: 1 } },
    { name: `${name}.bias`, shape: [outputs], fill: { value: 0 } },
  ]
}

function linear(name: string, inputs: number, outputs: number): Tensor[] {
  return [
    { name: `${name}.weight`, shape: [outputs, inputs], fill: { gain: 1 } },
    { name: `${name}.bias`, shape: [outputs], fill: { value: 0 } },
  ]
}

function norm(name: string, channels: number): Tensor[] {
  return [ones(`${name}.weight`, channels), { name: `${name}.bias`, shape: [channels], fill: { value: 0 } }]
}

function ones(name: string, length: number): Tensor {
  return { name, shape: [length], fill: { value: 1 } }
}

/** Writes a safetensors file of half-precision weights; empty tensors take no room on the disk. */
function writeTensors(path: string, tensors: readonly Tensor[]): void {
  let end = 0
  const entries = tensors.map(({ name, shape, fill }) => {
    const begin = end
    end += shape.reduce((product, side) => product * side, 1) * 2
    return { name, shape, fill, begin, end }
  })
  const header = Buffer.from(
    JSON.stringify(
      Object.fromEntries(
        entries.map((entry) => [
          entry.name,
          { dtype: 'F16', shape: entry.shape, data_offsets: [entry.begin, entry.end] },
        ]),
      ),
    ),
  )
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(header.length))
  const file = openSync(path, 'w')
  try {
    writeSync(file, Buffer.concat([length, header]))
    const data = 8 + header.length
    ftruncateSync(file, data + end)
    const random = randomFrom(7)
    for (const { shape, fill, begin } of entries) {
      if (fill !== 'empty') writeSync(file, valuesOf(shape, fill, random), 0, undefined, data + begin)
    }
  } finally {
    closeSync(file)
  }
}

function valuesOf(shape: readonly number[], fill: Exclude<Fill, 'empty'>, random: () => number): Uint8Array {
  const count = shape.reduce((product, side) => product * side, 1)
  const inputs = Math.max(1, count / (shape[0] ?? 1))
  const values = new Float16Array(count)
  for (let index = 0; index < count; index += 1) {
    // The sum of a few even figures is close to normal, and its deviation is known.
    const normal = random() + random() + random() + random() - 2
    values[index] = 'value' in fill ? fill.value : (normal * Math.sqrt(3) * fill.gain) / Math.sqrt(inputs)
  }
  return new Uint8Array(values.buffer)
}

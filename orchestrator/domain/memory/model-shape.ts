import { stat } from 'node:fs/promises'
import { listModelFiles, type ModelFileRole, type ModelFiles } from '../../../contracts/entities/preset.ts'
import { inspectModelFile } from '../presets/model-file.ts'
import type { Tensor } from '../presets/tensor.ts'

/** The parts of a model that can lie in different places. */
export type Component = 'text_encoder' | 'diffusion' | 'vae'

/** What the headers of a model's files tell about the memory it takes. */
export interface ModelShape {
  /** What the weights take, in bytes. */
  readonly parameters: Readonly<Record<Component, number>>
  /** Channels of the decoder at full resolution: its buffers grow with them. 0 where the header does not tell. */
  readonly decoderChannels: number
  readonly encoderChannels: number
  /** A U-Net computes on single latents, a transformer on squares of two by two; `width` is what each carries. */
  readonly network: { readonly kind: 'unet' | 'transformer'; readonly width: number }
}

const textEncoderRoles: readonly ModelFileRole[] = ['clip_l', 'clip_g', 't5xxl', 'llm']

/** Names the parts have inside checkpoints that hold them all. Source: the prefixes in `model.cpp` of stable-diffusion.cpp. */
const textEncoderNames = /^(cond_stage_model|conditioner|text_encoders?|text_model)\./
const vaeNames = /^(first_stage_model|vae|decoder|encoder|post_quant_conv|quant_conv)\./

/**
 * Reads the headers of a model's files, not the weights.
 *
 * @throws ProductError where a file is missing or no whole model
 */
export async function readModelShape(files: ModelFiles): Promise<ModelShape> {
  const read = listModelFiles(files).map(async ({ role, path }) => ({
    role,
    tensors: (await inspectModelFile(path)).tensors,
  }))
  return shapeOf(await Promise.all(read))
}

/** The same from tensors that were read already. */
export function shapeOf(
  files: readonly { readonly role: ModelFileRole; readonly tensors: ReadonlyMap<string, Tensor> }[],
): ModelShape {
  const all = files.flatMap(({ role, tensors }) =>
    [...tensors].map(([name, tensor]) => ({ name, tensor, component: componentOf(role, name) })),
  )
  const sizeOf = (component: Component) =>
    all.reduce((sum, part) => (part.component === component ? sum + part.tensor.bytes : sum), 0)
  /** The largest dimension: the others of these tensors are colours, latents or the sides of a kernel. */
  const widest = (ending: RegExp) =>
    Math.max(0, ...all.filter(({ name }) => ending.test(name)).flatMap(({ tensor }) => tensor.shape))
  const transformer = widest(/(^|\.)(img_in|x_embedder\.proj)\.weight$/)
  return {
    parameters: {
      text_encoder: sizeOf('text_encoder'),
      diffusion: sizeOf('diffusion'),
      vae: sizeOf('vae'),
    },
    decoderChannels: widest(/decoder\.conv_out\.weight$/),
    encoderChannels: widest(/encoder\.conv_in\.weight$/),
    network:
      transformer > 0
        ? { kind: 'transformer', width: transformer }
        : { kind: 'unet', width: widest(/(^|\.)input_blocks\.0\.0\.weight$/) },
  }
}

/** A text that changes when a file of the model does: what was measured with other files says nothing about these. */
export async function fingerprintOf(files: ModelFiles): Promise<string> {
  const parts = listModelFiles(files).map(async ({ role, path }) => {
    const { size, mtimeMs } = await stat(path)
    return `${role}:${path}:${size}:${Math.trunc(mtimeMs)}`
  })
  return (await Promise.all(parts)).join('\n')
}

function componentOf(role: ModelFileRole, name: string): Component {
  if (textEncoderRoles.includes(role)) return 'text_encoder'
  if (role === 'vae') return 'vae'
  if (textEncoderNames.test(name)) return 'text_encoder'
  return vaeNames.test(name) ? 'vae' : 'diffusion'
}

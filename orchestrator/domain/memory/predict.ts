import type { Component, ModelShape } from './model-shape.ts'

/** Where the parts of a model are and how the picture is decoded. */
export interface Layout {
  /** Side of the tiles the picture is decoded in, in pixels; null for the whole at once. */
  readonly tileSide: number | null
  readonly vae: 'device' | 'cpu'
  readonly textEncoder: 'device' | 'cpu'
  readonly offload: boolean
}

/** What is to be made, as far as it decides about memory. Sides in pixels. */
export interface PictureDemand {
  readonly width: number
  readonly height: number
  /** True where it starts from a picture, which has to be encoded first. */
  readonly fromPicture: boolean
}

/** The highest use of both memories, in bytes; where the device is the machine's own memory, `system` counts nothing. */
export interface Peak {
  readonly device: number
  readonly system: number
}

/*
 * What the engine takes, before any of its runs was measured. Each figure was read off runs of diffusion-cpp 0.25 on a
 * processor, where the engine logs its buffers; they were the same at every size within a few per cent.
 */

/** The engine's process without a model. */
const processBytes = 102_000_000
/** What a driver takes on a card for a program that computes there; usual figures are 150 to 400 MB. */
const contextBytes = 300_000_000
/** The decoder's buffers for each pixel and channel at full resolution: 52.0 at 32 and at 96 channels. */
const decoderBytes = 52
/** Where the header does not tell the decoder's channels: those of the usual one. */
const usualDecoderChannels = 128
/** A U-Net's buffers for each latent and channel. */
const unetBytes = 99
/** A transformer's buffers for each token and unit of its width. */
const transformerBytes = 63
/** The text that a transformer reads along with the picture, in tokens. */
const textTokens = 256
const usualWidth = 320
const textEncoderBytes = 16_000_000
/** The share of a part's weights that must be on the device at once when they are brought over layer by layer. */
const streamedShare = 1 / 8
/** Pictures as the worker and the engine pass them on, for each pixel. */
const pictureBytes = 10

/** Latents have an eighth of the picture's sides. */
const pixelsPerLatent = 64

/**
 * What the engine will need at most: the weights all the time, and the buffers of one part after the other.
 *
 * @param shared true where the device is the machine's own memory
 */
export function predictPeak(shape: ModelShape, demand: PictureDemand, layout: Layout, shared: boolean): Peak {
  const { parameters } = shape
  const compute = computeBytes(shape, demand, layout)
  const pictures = demand.width * demand.height * pictureBytes
  const components: readonly Component[] = ['text_encoder', 'diffusion', 'vae']
  if (shared) {
    const weights = sum(components.map((part) => parameters[part]))
    return { device: processBytes + weights + largest(Object.values(compute)) + pictures, system: 0 }
  }
  const onProcessor = components.filter((part) => isOnProcessor(part, layout))
  const onDevice = components.filter((part) => !onProcessor.includes(part))
  const weights = onDevice.map((part) => parameters[part])
  return {
    // Weights that are offloaded come to the device a few layers of one part at a time.
    device:
      contextBytes +
      (layout.offload ? largest(weights) * streamedShare : sum(weights)) +
      largest(onDevice.map((part) => compute[part])),
    system:
      processBytes +
      sum((layout.offload ? components : onProcessor).map((part) => parameters[part])) +
      largest(onProcessor.map((part) => compute[part])) +
      pictures,
  }
}

function computeBytes(
  shape: ModelShape,
  demand: PictureDemand,
  layout: Layout,
): Readonly<Record<Component, number>> {
  const latents = (demand.width * demand.height) / pixelsPerLatent
  const width = shape.network.width || usualWidth
  const channels = Math.max(
    shape.decoderChannels || usualDecoderChannels,
    demand.fromPicture ? shape.encoderChannels : 0,
  )
  const tile = layout.tileSide === null ? Infinity : layout.tileSide
  const pixels = Math.min(demand.width, tile) * Math.min(demand.height, tile)
  return {
    text_encoder: textEncoderBytes,
    diffusion:
      shape.network.kind === 'unet'
        ? latents * width * unetBytes
        : (latents / 4 + textTokens) * width * transformerBytes,
    vae: pixels * channels * decoderBytes,
  }
}

function isOnProcessor(part: Component, layout: Layout): boolean {
  if (part === 'vae') return layout.vae === 'cpu'
  return part === 'text_encoder' && layout.textEncoder === 'cpu'
}

function sum(figures: readonly number[]): number {
  return figures.reduce((total, figure) => total + figure, 0)
}

function largest(figures: readonly number[]): number {
  return Math.max(0, ...figures)
}

import type { Sampler } from '../../../../contracts/entities/engine.ts'
import type { ModelFiles } from '../../../../contracts/entities/preset.ts'
import type { ModelSpecification } from '../../../../contracts/worker.ts'
import type { EngineRequest } from '../engine.ts'

type Settings = Record<string, string | number | boolean>

/** The addon's names for the files of a model. It has no control nets: one that a preset brings stays unused. */
const fileKeys: Record<Exclude<keyof ModelFiles, 'control_net'>, string> = {
  model: 'model',
  vae: 'vae',
  clip_l: 'clipL',
  clip_g: 'clipG',
  t5xxl: 't5Xxl',
  llm: 'llm',
}

/**
 * Samplers that add fresh noise at each step. The addon leaves that out unless told otherwise (upstream does not),
 * and without it they are only slower names for others: `euler_a` came out equal to `ddim_trailing`, byte for byte.
 */
const ancestralSamplers: readonly Sampler[] = ['euler_a', 'dpm++2s_a']

/** The addon's own choice is so large that pictures of usual size are not divided at all. */
const usualTileSide = 512
const pixelsPerLatent = 8
const tileOverlap = 0.25

export function toAddonFiles(files: ModelFiles): Record<string, string> {
  const entries = Object.entries(files) as [keyof ModelFiles, string | undefined][]
  return Object.fromEntries(
    entries.flatMap(([role, path]) =>
      path === undefined || role === 'control_net' ? [] : [[fileKeys[role], path]],
    ),
  )
}

/** What the addon is told when it loads a model. `threads` is at least 1. */
export function toAddonConfig({ placement }: ModelSpecification, threads: number): Settings {
  const onProcessor = [
    ...(placement.text_encoder === 'cpu' ? ['te=cpu'] : []),
    ...(placement.vae === 'cpu' ? ['vae=cpu'] : []),
  ]
  return {
    threads,
    // For the addon `gpu` is a wish: without one it computes on the CPU.
    device: placement.device === 'cpu' ? 'cpu' : 'gpu',
    ...(onProcessor.length > 0 ? { backend: onProcessor.join(',') } : {}),
    // Weights stay in system memory and come over a few layers at a time, into what is free but this many GiB.
    ...(placement.offload ? { offload_to_cpu: true, max_vram: -0.5, stream_layers: true } : {}),
    // The addon's default is to convolve directly, which is slower on a CPU; upstream leaves it off everywhere.
    diffusion_conv_direct: false,
    vae_conv_direct: false,
    // From level 2 on the native log names the stages of the work, and from 3 on its buffers, which nothing else tells.
    verbosity: 3,
  }
}

/** What the addon is told for one run. */
export function toAddonParameters(request: EngineRequest): Settings {
  return {
    // The addon refuses an empty prompt; to the text encoders a space is the same.
    prompt: request.prompt === '' ? ' ' : request.prompt,
    negative_prompt: request.negative_prompt,
    width: request.width,
    height: request.height,
    steps: request.steps,
    ...toGuidance(request),
    sampling_method: request.sampler,
    scheduler: request.scheduler,
    ...(ancestralSamplers.includes(request.sampler) ? { eta: 1 } : {}),
    seed: request.seed,
    batch_count: request.count,
    clip_skip: request.clip_skip,
    ...toTiling(request),
    ...(request.init_image_base64 === null || request.strength === null
      ? {}
      : { strength: request.strength }),
  }
}

/** Tiles are given in latents, of eight pixels a side; they overlap by a quarter, so that no seams show. */
function toTiling({ vae_tiling, vae_tile_side }: EngineRequest): Settings {
  if (!vae_tiling) return { vae_tiling: false }
  const side = Math.max(1, Math.round((vae_tile_side ?? usualTileSide) / pixelsPerLatent))
  return { vae_tiling: true, vae_tile_size: `${side}x${side}`, vae_tile_overlap: tileOverlap }
}

/**
 * Guidance-distilled models (FLUX) take the figure as an input of their own and must run without classifier-free
 * guidance, which the addon calls `cfg_scale`; for all others it is the scale of that.
 */
function toGuidance({ guidance, guidance_kind }: EngineRequest): Settings {
  return guidance_kind === 'distilled' ? { cfg_scale: 1, guidance } : { cfg_scale: guidance }
}

import type { EngineRequest } from '../engine.ts'

/** The usual side of a tile in pixels, and how much of it overlaps with the next so that no seams show. */
const usualTileSide = 512
const tileOverlap = 0.25

/** The server counts tiles in latents, each of so many pixels a side. */
const latentSide = 8

/** A request in the words of `POST /sdcpp/v1/img_gen`. What is left out of it takes the program's own defaults. */
export function toJobBody(request: EngineRequest): Record<string, unknown> {
  const { init_image_base64, mask_image_base64, control_image_base64, strength, control_strength } = request
  return {
    prompt: request.prompt,
    negative_prompt: request.negative_prompt,
    clip_skip: request.clip_skip,
    width: request.width,
    height: request.height,
    seed: request.seed,
    batch_count: request.count,
    sample_params: {
      sample_method: request.sampler,
      scheduler: request.scheduler,
      sample_steps: request.steps,
      guidance: toGuidance(request),
    },
    vae_tiling_params: toTiling(request),
    ...(init_image_base64 === null ? {} : { init_image: init_image_base64, strength: strength ?? 0.75 }),
    ...(mask_image_base64 === null ? {} : { mask_image: mask_image_base64 }),
    ...(control_image_base64 === null
      ? {}
      : { control_image: control_image_base64, control_strength: control_strength ?? 0.9 }),
    output_format: 'png',
    // The recipe is written by whoever keeps the picture.
    embed_image_metadata: false,
  }
}

/** Guidance-distilled models (FLUX) take the figure as an input and run without the classifier-free kind. */
function toGuidance({ guidance, guidance_kind }: EngineRequest): Record<string, number> {
  return guidance_kind === 'distilled' ? { txt_cfg: 1, distilled_guidance: guidance } : { txt_cfg: guidance }
}

/** The sides of a tile have had two pairs of names over time, and the program passes over those it does not know. */
function toTiling({ vae_tiling, vae_tile_side }: EngineRequest): Record<string, unknown> {
  if (!vae_tiling) return { enabled: false }
  const tileSide = Math.round((vae_tile_side ?? usualTileSide) / latentSide)
  const sides = {
    tile_size_x: tileSide,
    tile_size_y: tileSide,
    tile_size_w: tileSide,
    tile_size_h: tileSide,
  }
  return { enabled: true, ...sides, target_overlap: tileOverlap }
}

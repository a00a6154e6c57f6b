import { z } from 'zod'

/**
 * Sampling methods, by the names stable-diffusion.cpp gives them.
 * Source: the `SamplerMethod` type of @qvac/diffusion-cpp 0.25.
 */
export const samplers = [
  'euler',
  'euler_a',
  'heun',
  'dpm2',
  'dpm++2m',
  'dpm++2mv2',
  'dpm++2s_a',
  'lcm',
  'ipndm',
  'ipndm_v',
  'ddim_trailing',
  'tcd',
  'res_multistep',
  'res_2s',
] as const

/**
 * Noise schedules, by the names stable-diffusion.cpp gives them.
 * Source: the `ScheduleType` type of @qvac/diffusion-cpp 0.25, without the one that is for videos.
 */
export const schedulers = [
  'discrete',
  'karras',
  'exponential',
  'ays',
  'gits',
  'sgm_uniform',
  'simple',
  'lcm',
  'smoothstep',
  'kl_optimal',
  'bong_tangent',
] as const

export const samplerSchema = z.enum(samplers).describe('Sampling method.')
export const schedulerSchema = z.enum(schedulers).describe('Noise schedule.')

export type Sampler = z.output<typeof samplerSchema>
export type Scheduler = z.output<typeof schedulerSchema>

/** Where the parts of a model live and how it is computed. */
export const placementSchema = z.strictObject({
  device: z
    .enum(['auto', 'cpu', 'gpu'])
    .default('auto')
    .describe('`auto` takes a GPU where the engine finds one.'),
  text_encoder: z.enum(['device', 'cpu']).default('device').describe('Where the text encoder runs.'),
  vae: z.enum(['device', 'cpu']).default('device').describe('Where the picture is decoded.'),
  offload: z
    .boolean()
    .default(false)
    .describe('Keep the weights in system memory and bring them to the device as needed.'),
})

export type Placement = z.output<typeof placementSchema>

/** What a program that makes pictures calls itself. */
export const engineIdentitySchema = z.strictObject({ name: z.string(), version: z.string() })
export type EngineIdentity = z.output<typeof engineIdentitySchema>

/** Which program makes pictures, as a person chooses it. */
export const engineChoiceSchema = z.enum(['auto', 'embedded', 'sd-server'])
export type EngineChoice = z.output<typeof engineChoiceSchema>

/** What an engine can do; a request for anything else is refused by name. */
export const engineCapabilitiesSchema = z.strictObject({
  modes: z.array(z.enum(['txt2img', 'img2img'])),
  samplers: z.array(samplerSchema),
  schedulers: z.array(schedulerSchema),
  vae_tiling: z.boolean(),
  placement: z.boolean(),
  mask: z.boolean(),
  controlnet: z.boolean(),
  preview: z.boolean(),
  cancel_without_reload: z.boolean(),
})
export type EngineCapabilities = z.output<typeof engineCapabilitiesSchema>

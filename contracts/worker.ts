import { z } from 'zod'
import {
  engineCapabilitiesSchema,
  engineChoiceSchema,
  engineIdentitySchema,
  placementSchema,
  samplerSchema,
  schedulerSchema,
} from './entities/engine.ts'
import { progressSchema } from './entities/generation.ts'
import { modelFilesSchema } from './entities/preset.ts'
import { errorBodySchema } from './errors.ts'

/**
 * The protocol between the orchestrator and its workers.
 *
 * The orchestrator spawns a worker and writes one JSON line (`WorkerBoot`) to its stdin, which stays open as a lifeline:
 * its end means that the orchestrator died, and the worker kills its engine and leaves.
 * The worker binds, then writes one JSON line (`WorkerReady`) to its stdout. From then on they talk HTTP with JSON;
 * long work answers with server-sent events. Every request carries `authorization: Bearer <token>` and `x-request-id`.
 */
export const workerProtocolVersion = 1

/** The first line on a worker's stdin. */
export const workerBootSchema = z.strictObject({
  protocol: z.literal(workerProtocolVersion),
  token: z.string().min(32),
  log_level: z.string(),
  listen: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('tcp') }),
    z.strictObject({ kind: z.literal('pipe'), path: z.string() }),
  ]),
  configuration: z.record(z.string(), z.unknown()).describe('What this kind of worker needs to know.'),
})
export type WorkerBoot = z.output<typeof workerBootSchema>

/** What the image worker is told at its start. */
export const imageWorkerConfigurationSchema = z.strictObject({
  threads: z.int().min(0),
  heartbeat_timeout_ms: z.int(),
  stall_timeout_ms: z.int(),
  engine: engineChoiceSchema.default('embedded'),
  sd_server_path: z
    .string()
    .nullable()
    .default(null)
    .describe('The program a person named; null looks for it.'),
  engines_folder: z.string().nullable().default(null).describe('A folder to look for programs in.'),
})
export type ImageWorkerConfiguration = z.output<typeof imageWorkerConfigurationSchema>

/** The first line on a worker's stdout. */
export const workerReadySchema = z.strictObject({
  type: z.literal('ready'),
  protocol: z.literal(workerProtocolVersion),
  pid: z.int(),
  address: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('tcp'), port: z.int() }),
    z.strictObject({ kind: z.literal('pipe'), path: z.string() }),
  ]),
  versions: z.record(z.string(), z.string()),
})
export type WorkerReady = z.output<typeof workerReadySchema>

/** Routes every worker serves. */
export const workerRoutes = {
  health: '/internal/health',
  shutdown: '/internal/shutdown',
  load: '/internal/models/load',
  unload: '/internal/models/unload',
} as const

/** Routes of the image worker. */
export const imageWorkerRoutes = { generate: '/v1/images/generate', cancel: '/v1/images/cancel' } as const

/** What the runtime of workers adds to the health of every kind. Memory in bytes. */
export const workerVitals = {
  versions: z.record(z.string(), z.string()).describe('Of the programs and libraries it consists of.'),
  requests_in_flight: z
    .int()
    .min(0)
    .describe('Its queue: requests it has taken and not answered yet, other than those about itself.'),
  machine_memory: z
    .strictObject({ total_bytes: z.int(), available_bytes: z.int() })
    .describe('Of the machine, as this process sees it; a container may have less than its host.'),
}

/** What every kind of worker tells about itself. Memory in bytes. */
export const commonWorkerHealthSchema = z.strictObject({
  ...workerVitals,
  state: z.enum(['idle', 'loading', 'working', 'stopping']),
  engine: engineIdentitySchema,
  models: z.array(z.strictObject({ key: z.string(), bytes: z.int() })),
  memory: z.strictObject({ worker_bytes: z.int(), engine_bytes: z.int(), engine_peak_bytes: z.int() }),
  engine_pid: z.int().nullable(),
  device: z.enum(['cpu', 'gpu']).nullable().describe('Where the loaded model computes, as the engine says.'),
  uptime_ms: z.number(),
})
export type CommonWorkerHealth = z.output<typeof commonWorkerHealthSchema>

/** Reply of `GET /internal/health` of the image worker. */
export const workerHealthSchema = commonWorkerHealthSchema.extend({
  engine_reason: z.string().describe('Why this engine and no other: a sentence for people.'),
  capabilities: engineCapabilitiesSchema,
  current: z.strictObject({ request_id: z.string(), progress: progressSchema.nullable() }).nullable(),
})
export type WorkerHealth = z.output<typeof workerHealthSchema>

/** What a kind of worker itself knows of its health. */
export type WorkerCondition<Health extends CommonWorkerHealth = WorkerHealth> = Omit<
  Health,
  keyof typeof workerVitals
>

/** A model as an engine loads it. Two equal specifications are the same loaded model. */
export const modelSpecificationSchema = z.strictObject({
  files: modelFilesSchema,
  placement: placementSchema,
})
export type ModelSpecification = z.output<typeof modelSpecificationSchema>

/** Body of `POST /v1/images/generate`. The model is loaded first where another one is. */
export const imageRequestSchema = z.strictObject({
  model: modelSpecificationSchema,
  prompt: z.string(),
  negative_prompt: z.string(),
  width: z.int(),
  height: z.int(),
  steps: z.int(),
  guidance: z.number(),
  guidance_kind: z
    .enum(['classifier_free', 'distilled'])
    .describe('`distilled` models take the guidance as an input and run without the classifier-free kind.'),
  sampler: samplerSchema,
  scheduler: schedulerSchema,
  clip_skip: z.int(),
  seed: z.int(),
  count: z.int().min(1).max(16).describe('Pictures in this batch; picture n takes seed + n.'),
  vae_tiling: z.boolean(),
  vae_tile_side: z.int().min(64).nullable().describe('Side of the tiles in pixels; null for the usual one.'),
  init_image_base64: z.string().nullable().describe('Image-to-image: a PNG of exactly the wanted size.'),
  strength: z.number().nullable(),
  mask_image_base64: z
    .string()
    .nullable()
    .describe(
      'What may change of the picture it starts from: a grey PNG of the wanted size; white is made anew.',
    ),
  control_image_base64: z
    .string()
    .nullable()
    .describe('What the control net follows: a PNG of exactly the wanted size.'),
  control_strength: z.number().nullable().describe('How closely it is followed, 0 to 1.'),
})
export type ImageRequest = z.output<typeof imageRequestSchema>

/** Body of `POST /v1/images/cancel`; the reply comes once the engine has stopped. */
export const imageCancelSchema = z.strictObject({ request_id: z.string() })

/** Reply of `POST /v1/images/cancel`: false where no such request was at work. */
export const imageCancelReplySchema = z.strictObject({ cancelled: z.boolean() })

/** The server-sent events of a generation. The last is `completed`, `failed` or `cancelled`. */
export const imageEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('progress'), progress: progressSchema }),
  z.strictObject({
    type: z.literal('image'),
    index: z.int(),
    seed: z.int(),
    width: z.int(),
    height: z.int(),
    png_base64: z.string(),
  }),
  z.strictObject({
    type: z.literal('completed'),
    engine: engineIdentitySchema,
    engine_peak_bytes: z
      .int()
      .describe('The highest resident memory of the engine since the picture was begun.'),
    device: z
      .enum(['cpu', 'gpu'])
      .nullable()
      .describe('Where it was computed; null where the engine does not tell.'),
    device_peak_bytes: z
      .int()
      .nullable()
      .describe('The most that lay on the graphics card; null without one.'),
    timings_ms: z.record(z.string(), z.number()),
  }),
  z.strictObject({ type: z.literal('failed'), error: errorBodySchema }),
  z.strictObject({ type: z.literal('cancelled') }),
])
export type ImageEvent = z.output<typeof imageEventSchema>

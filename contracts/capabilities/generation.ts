import { z } from 'zod'
import { defineCapability } from '../capability.ts'
import { collectionIdSchema } from '../entities/collection.ts'
import { samplerSchema, schedulerSchema } from '../entities/engine.ts'
import { estimateSchema } from '../entities/estimate.ts'
import { generationSchema, generationStateSchema } from '../entities/generation.ts'
import { pageCursors, pageDirectionSchema } from '../entities/page.ts'
import { guidanceSchema, presetIdSchema, sideSchema, stepsSchema } from '../entities/preset.ts'
import { generationIdSchema, generationReferenceSchema, seedSchema } from '../entities/recipe.ts'
import { styleReferenceSchema } from '../entities/style.ts'
import { uploadedPictureIdSchema } from './pictures.ts'

export const promptLimit = 4000

const textSchema = z.string().max(promptLimit, `At most ${promptLimit} characters.`)
const generationInput = z.strictObject({ generation: generationIdSchema })

/** The longest wait of one call in seconds. Many clients give up after a minute. */
const longestWait = 55

const waitSecondsSchema = z
  .int()
  .min(0)
  .max(longestWait)
  .optional()
  .describe(
    `Wait so many seconds, 0 to ${longestWait}, for the result. What is not ready by then is still queued or running, and goes on.`,
  )

const idempotencyKeySchema = z
  .string()
  .regex(/^[\x21-\x7E]{1,100}$/, 'Use 1 to 100 letters, digits or signs, without spaces.')
  .describe('A name of your own for this request: the same key again makes nothing twice.')

export const generate = defineCapability({
  name: 'generate',
  title: 'Make a picture',
  description:
    'Makes pictures from a text, or from an earlier or uploaded picture and a text. Answers at once with what was queued, or waits for it.',
  input: z.strictObject({
    prompt: textSchema
      .refine((text) => text.trim() !== '', 'Say what the picture should show.')
      .describe('What the picture should show.')
      .meta({ examples: ['a red boat on the sea'] }),
    negative_prompt: textSchema.optional().describe('What the picture should not show.'),
    style: styleReferenceSchema.optional(),
    preset: presetIdSchema
      .optional()
      .describe('The model and its settings; the first one that is ready if left out.'),
    aspect: z
      .enum(['portrait', 'landscape', 'square'])
      .optional()
      .describe('Shape, instead of an exact size.'),
    width: sideSchema.optional().describe('Width in pixels, a multiple of 8, 64 to 4096.'),
    height: sideSchema.optional().describe('Height in pixels, a multiple of 8, 64 to 4096.'),
    count: z.int().min(1).max(4).optional().describe('How many pictures, 1 to 4; each takes the next seed.'),
    seed: seedSchema
      .optional()
      .describe('The same seed and settings give the same picture; random if left out.'),
    steps: stepsSchema.optional(),
    guidance: guidanceSchema.optional(),
    sampler: samplerSchema.optional(),
    scheduler: schedulerSchema.optional(),
    clip_skip: z.int().min(-1).max(12).optional(),
    vae_tiling: z.boolean().optional().describe('Decode in tiles: slower, but in far less memory.'),
    generation: generationReferenceSchema
      .optional()
      .describe('Start from this earlier picture: its id, or `last` for the newest one you asked for.'),
    init_image: uploadedPictureIdSchema.optional().describe('Start from this uploaded picture.'),
    strength: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .describe('How far to leave the picture it starts from, 0 to 1.'),
    mask_image: uploadedPictureIdSchema
      .optional()
      .describe(
        'Change only part of the picture it starts from: an uploaded picture of the same shape, white where it may change.',
      ),
    control_image: uploadedPictureIdSchema
      .optional()
      .describe(
        'Follow the lines, depth or pose of this uploaded picture; needs a preset with a ControlNet.',
      ),
    control_strength: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .describe('How closely to follow the control picture, 0 to 1.'),
    wait_seconds: waitSecondsSchema,
    idempotency_key: idempotencyKeySchema.optional(),
    estimate: z.boolean().optional().describe('Only tell how long it would take and what it needs.'),
  }),
  output: z.strictObject({
    generations: z.array(generationSchema).describe('Empty where only an estimate was asked for.'),
    estimate: estimateSchema.nullable(),
  }),
  errors: [
    'style_not_found',
    'style_ambiguous',
    'preset_not_found',
    'generation_not_found',
    'source_picture_not_found',
    'unsupported_by_engine',
    'control_net_missing',
    'model_file_missing',
    'model_file_truncated',
    'model_file_invalid',
    'queue_full',
    'idempotency_key_reused',
    'disk_full',
    'shutting_down',
  ],
  effect: 'compute',
  surfaces: ['rest', 'mcp', 'assistant'],
  route: { method: 'POST', path: '/api/generations' },
})

export const getGeneration = defineCapability({
  name: 'get_generation',
  title: 'Look at a picture',
  description: 'Tells how far a picture is, or everything about it once it is made. Can wait for its end.',
  input: z.strictObject({ generation: generationReferenceSchema, wait_seconds: waitSecondsSchema }),
  output: generationSchema,
  errors: ['generation_not_found'],
  effect: 'read',
  surfaces: ['rest', 'mcp', 'assistant'],
  route: { method: 'GET', path: '/api/generations/:generation' },
})

export const getLineage = defineCapability({
  name: 'get_lineage',
  title: 'Where a picture comes from and led to',
  description: 'Shows the picture that a picture started from, and those that started from it, newest first.',
  input: z.strictObject({
    generation: generationIdSchema,
    cursor: generationIdSchema.optional().describe('Continue after the page that gave this cursor.'),
    limit: z.int().min(1).max(200).default(50).describe('The most pictures it led to.'),
  }),
  output: z.strictObject({
    parent: generationSchema.nullable().describe('Also where it lies in the bin; null where there is none.'),
    children: z.array(generationSchema).describe('Those outside the bin.'),
    next_cursor: generationIdSchema
      .nullable()
      .describe('Give this as `cursor` for more of what it led to; null at the end.'),
  }),
  errors: ['generation_not_found'],
  effect: 'read',
  surfaces: ['rest'],
  route: { method: 'GET', path: '/api/generations/:generation/lineage' },
})

export const listGenerations = defineCapability({
  name: 'list_generations',
  title: 'List pictures',
  description: 'Lists pictures, newest first, one page at a time.',
  input: z.strictObject({
    cursor: generationIdSchema.optional().describe('Continue where the page that gave this cursor ends.'),
    direction: pageDirectionSchema,
    limit: z.int().min(1).max(200).default(50),
    state: z
      .enum([...generationStateSchema.options, 'unfinished'])
      .optional()
      .describe('Only these; `unfinished` is queued or running.'),
    deleted: z.boolean().default(false).describe('Show the bin instead.'),
    collection: collectionIdSchema.optional().describe('Only those in this collection.'),
  }),
  output: z.strictObject({
    generations: z.array(generationSchema),
    ...pageCursors,
  }),
  errors: ['collection_not_found'],
  effect: 'read',
  surfaces: ['rest'],
  route: { method: 'GET', path: '/api/generations' },
})

export const cancelGeneration = defineCapability({
  name: 'cancel_generation',
  title: 'Cancel a picture',
  description: 'Stops a picture that waits or is being made. Answers once the engine has really stopped.',
  input: z.strictObject({ generation: generationReferenceSchema }),
  output: generationSchema,
  errors: ['generation_not_found', 'generation_not_cancellable'],
  effect: 'write',
  surfaces: ['rest', 'mcp', 'assistant'],
  route: { method: 'POST', path: '/api/generations/:generation/cancel' },
})

export const deleteGeneration = defineCapability({
  name: 'delete_generation',
  title: 'Move a picture to the bin',
  description: 'Moves a finished picture to the bin; restore_generation brings it back.',
  input: generationInput,
  output: generationSchema,
  errors: ['generation_not_found', 'generation_not_finished'],
  effect: 'destructive',
  surfaces: ['rest', 'assistant'],
  route: { method: 'DELETE', path: '/api/generations/:generation' },
})

export const restoreGeneration = defineCapability({
  name: 'restore_generation',
  title: 'Bring a picture back',
  description: 'Takes a picture out of the bin.',
  input: generationInput,
  output: generationSchema,
  errors: ['generation_not_found'],
  effect: 'write',
  surfaces: ['rest'],
  route: { method: 'POST', path: '/api/generations/:generation/restore' },
})

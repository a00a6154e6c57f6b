import { z } from 'zod'

/**
 * What can be done so that a picture fits into memory, the cheapest first. A plan goes down until it fits:
 * `proceed` changes nothing, `refuse` gives up before anything is loaded.
 */
export const memoryRungs = [
  'proceed',
  'tile_vae',
  'purge_language_context',
  'vae_on_cpu',
  'text_encoder_on_cpu',
  'unload_language_model',
  'offload_parameters',
  'refuse',
] as const
export const memoryRungSchema = z.enum(memoryRungs)
export type MemoryRung = z.output<typeof memoryRungSchema>

export const memoryDeviceKindSchema = z.enum(['ram', 'nvidia', 'amd', 'intel', 'apple', 'unknown'])
export type MemoryDeviceKind = z.output<typeof memoryDeviceKindSchema>

/** Why a plan has one of its rungs. */
export const memoryReasonSchema = z.strictObject({
  rung: memoryRungSchema,
  needed_bytes: z.int().min(0).describe('What was needed before this rung, with the margin of error.'),
  available_bytes: z.int().min(0).describe('What was there for it before this rung.'),
  message: z.string().describe('The same as a sentence for a person.'),
})
export type MemoryReason = z.output<typeof memoryReasonSchema>

/** How a picture was made to fit into memory: what was expected, what was done about it, and what was measured. */
export const memoryPlanSchema = z.strictObject({
  rung: memoryRungSchema.describe('The last rung that was taken.'),
  device: z.strictObject({ id: z.string(), kind: memoryDeviceKindSchema, name: z.string() }),
  predicted_bytes: z.int().min(0).describe('The highest use that was expected on the device.'),
  error_bytes: z.int().min(0).describe('How far the expectation may be off, either way.'),
  compared: z.int().min(0).describe('How many earlier runs the expectation goes by.'),
  available_bytes: z.int().min(0).nullable().describe('Null where the device does not tell.'),
  actual_bytes: z.int().min(0).nullable().describe('The highest use measured; null before the end.'),
  tile_side: z
    .int()
    .nullable()
    .describe('Side of the tiles the picture is decoded in, in pixels; null for the whole at once.'),
  vae: z.enum(['device', 'cpu']),
  text_encoder: z.enum(['device', 'cpu']),
  offload: z.boolean(),
  retried_after: z
    .enum(['out_of_memory', 'blank_image'])
    .nullable()
    .describe('Why the picture was tried a second time, further down the ladder.'),
  reasons: z.array(memoryReasonSchema),
})
export type MemoryPlan = z.output<typeof memoryPlanSchema>

/** One memory that models can lie in: that of a graphics card, or that of the machine. */
export const memoryDeviceSchema = z.strictObject({
  id: z.string(),
  kind: memoryDeviceKindSchema,
  name: z.string(),
  unified: z.boolean().describe('True where a graphics processor shares the memory of the machine.'),
  total_bytes: z.int().min(0),
  free_bytes: z.int().min(0),
  ours_bytes: z.int().min(0).describe('What MystiCanvas and its processes hold.'),
  others_bytes: z.int().min(0).describe('What other programs hold.'),
  reserved_bytes: z.int().min(0).describe('What work under way is still going to take.'),
  projected_bytes: z
    .int()
    .min(0)
    .describe(
      'Where the use by MystiCanvas is expected to peak; what it holds now where nothing is at work.',
    ),
  limit: z.string().nullable().describe('What keeps the use below the size of the memory, in words.'),
  models: z.array(z.strictObject({ name: z.string(), bytes: z.int().min(0) })),
})
export type MemoryDevice = z.output<typeof memoryDeviceSchema>

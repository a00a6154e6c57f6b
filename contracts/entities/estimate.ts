import { z } from 'zod'
import { memoryReasonSchema, memoryRungSchema } from './memory.ts'

/** What a request would take, were it made now. Nothing is promised: another request may come before it. */
export const estimateSchema = z.strictObject({
  pictures: z.int().min(1),
  preset: z.string().describe('The model that would be used.'),
  width: z.int(),
  height: z.int(),
  steps: z.int(),
  time: z.strictObject({
    seconds: z
      .number()
      .min(0)
      .nullable()
      .describe('For these pictures alone; null where this model has made none to go by.'),
    queue_seconds: z
      .number()
      .min(0)
      .nullable()
      .describe('Before they begin; null where a picture before them cannot be estimated.'),
    compared: z.int().min(0).describe('How many pictures of this model the time goes by.'),
  }),
  memory: z.strictObject({
    needed_bytes: z.int().min(0),
    available_bytes: z.int().min(0).describe('Free now, and what the unloaded models give back.'),
    fits: z.boolean(),
    basis: z
      .enum(['earlier_runs', 'model_headers'])
      .describe(
        'What the figure goes by. `earlier_runs`: what such pictures took. `model_headers`: the parts of the model and the size of the picture.',
      ),
    error_bytes: z.int().min(0).describe('How far the figure may be off, either way.'),
    compared: z.int().min(0).describe('How many earlier runs it goes by.'),
    rung: memoryRungSchema.describe('What would have to be done so that it fits; `proceed` for nothing.'),
    reasons: z.array(memoryReasonSchema),
  }),
  unloads: z.array(z.string()).describe('Models that would have to leave the memory first.'),
})

/** What a request would take. */
export type Estimate = z.output<typeof estimateSchema>

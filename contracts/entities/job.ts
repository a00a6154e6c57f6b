import { z } from 'zod'
import { errorBodySchema } from '../errors.ts'
import { generationIdSchema } from './recipe.ts'

/** The life of a job; the last three are final. */
export const jobStateSchema = z.enum(['queued', 'running', 'completed', 'failed', 'cancelled'])

export const jobIdSchema = z.int().min(1).describe('Names a job.')

/** A piece of work: a picture to make, or what follows from one. */
export const jobSchema = z.strictObject({
  id: jobIdSchema,
  kind: z.string().describe('Such as `generate`, `thumbnail`, `autotag_prompt` or `import`.'),
  state: jobStateSchema,
  generation: generationIdSchema.nullable().describe('The picture it belongs to.'),
  priority: z.int().describe('The smaller, the sooner.'),
  attempts: z.int().min(0),
  max_attempts: z.int().min(1),
  error: errorBodySchema.nullable().describe('Why the last attempt failed.'),
  request_id: z.string(),
  run_at: z.iso.datetime().describe('Not before this time.'),
  created_at: z.iso.datetime(),
  started_at: z.iso.datetime().nullable(),
  finished_at: z.iso.datetime().nullable(),
})
export type JobView = z.output<typeof jobSchema>

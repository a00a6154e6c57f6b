import { z } from 'zod'
import { errorBodySchema } from '../errors.ts'
import { generationStateSchema } from './generation.ts'
import { generationIdSchema } from './recipe.ts'

/** What may name a request: short, and nothing that could break a log line or a header. */
export const requestIdSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9._-]{1,64}$/,
    'A request id has up to 64 letters, digits, points, hyphens and underscores.',
  )
  .describe('Names a request; it is told with every error, picture, job and event.')

/** One thing that happened on behalf of a request. */
export const traceEntrySchema = z.strictObject({
  time: z.iso.datetime(),
  process: z.string().describe('Who tells it, such as `orchestrator`, `image worker` or an agent.'),
  source: z
    .enum(['event', 'job', 'agent', 'log'])
    .describe('Where it is kept: the database (event, job, call of an agent) or the log.'),
  level: z.enum(['info', 'warning', 'error']),
  message: z.string().describe('A sentence for a person, or the text of a log line.'),
  facts: z
    .record(z.string(), z.unknown())
    .describe('What is known beside, such as `duration_ms` or `error_code`.'),
})
export type TraceEntry = z.output<typeof traceEntrySchema>

/** One try at a picture. `interrupted`: it was lost with the process that made it; `released`: it was put back and does not count. */
export const traceAttemptSchema = z.strictObject({
  generation: generationIdSchema,
  number: z.int().min(1),
  started_at: z.iso.datetime(),
  ended_at: z.iso.datetime().nullable(),
  outcome: z.enum(['completed', 'failed', 'cancelled', 'released', 'interrupted', 'running']),
  error: errorBodySchema.nullable(),
})
export type TraceAttempt = z.output<typeof traceAttemptSchema>

export const traceOutcomeSchema = z
  .enum(['completed', 'failed', 'cancelled', 'refused', 'running', 'waiting', 'unknown'])
  .describe('`refused`: it was not begun. `unknown`: nothing that is kept says how it ended.')
export type TraceOutcome = z.output<typeof traceOutcomeSchema>

/** Everything that is known about one request, across processes. */
export const traceSchema = z.strictObject({
  request_id: requestIdSchema,
  outcome: traceOutcomeSchema,
  summary: z.string().describe('What came of it and why, in a sentence or two for a person.'),
  started_at: z.iso.datetime(),
  ended_at: z.iso.datetime().describe('The last that is known of it.'),
  generations: z.array(
    z.strictObject({
      id: generationIdSchema,
      state: generationStateSchema,
      prompt: z.string(),
      attempts: z.int().min(0),
      error: errorBodySchema.nullable(),
    }),
  ),
  attempts: z.array(traceAttemptSchema),
  error: errorBodySchema.nullable().describe('The last failure.'),
  last_words: z.string().nullable().describe('The end of what a worker or engine said before it failed.'),
  timeline: z.array(traceEntrySchema).describe('Oldest first.'),
  left_out: z.int().min(0).describe('How many entries were left out of the middle of a very long timeline.'),
})
export type Trace = z.output<typeof traceSchema>

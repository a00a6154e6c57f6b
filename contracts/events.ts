import { z } from 'zod'
import { collectionIdSchema } from './entities/collection.ts'
import { conversationIdSchema, conversationSchema, turnFinishSchema } from './entities/conversation.ts'
import { generationSchema, progressSchema } from './entities/generation.ts'
import { importSchema } from './entities/import.ts'
import { jobSchema } from './entities/job.ts'
import { memoryPlanSchema } from './entities/memory.ts'
import { generationIdSchema } from './entities/recipe.ts'
import { styleIdSchema } from './entities/style.ts'
import { databaseStatusSchema, queueStatusSchema, workerStateSchema } from './entities/system.ts'
import { errorBodySchema } from './errors.ts'

/**
 * What happens, in noun-verb names. `message` is a sentence for a person.
 * Events about lasting change are stored; progress is only passed on (see `passingEventTypes`).
 */
export const eventSchema = z.discriminatedUnion('type', [
  event('generation-queued', { generation: generationSchema }),
  event('generation-started', { generation: generationSchema }),
  event('generation-progressed', { generation_id: generationIdSchema, progress: progressSchema }),
  event('memory-planned', { generation_id: generationIdSchema.nullable(), plan: memoryPlanSchema }),
  event('generation-retried', { generation: generationSchema, error: errorBodySchema }),
  event('generation-completed', { generation: generationSchema }),
  event('generation-failed', { generation: generationSchema, error: errorBodySchema }),
  event('generation-cancelled', { generation: generationSchema }),
  event('generation-deleted', { generation: generationSchema }),
  event('generation-restored', { generation: generationSchema }),
  event('generation-updated', { generation: generationSchema }),
  event('tags-changed', { tags: z.array(z.string()) }),
  event('collections-changed', { collections: z.array(collectionIdSchema) }),
  event('styles-changed', { styles: z.array(styleIdSchema).describe('Those that changed, came or went.') }),
  event('style-previewed', { style: styleIdSchema, preview_url: z.string() }),
  event('job-changed', { job: jobSchema }),
  event('import-changed', { import: importSchema }),
  event('import-progressed', { import: importSchema }),
  event('queue-changed', {
    queue: queueStatusSchema,
    positions: z.record(generationIdSchema, z.int().min(0)),
  }),
  event('worker-changed', {
    worker: z.string(),
    state: workerStateSchema,
    error: errorBodySchema.nullable(),
    requests: z
      .array(z.string())
      .default([])
      .describe('Those whose work was lost with the worker; it is tried again by itself.'),
    recovered: z.boolean().default(false).describe('True where it is ready again after it had failed.'),
  }),
  event('database-checked', { database: databaseStatusSchema }),
  event('model-preparing', { preset: z.string(), progress: z.number().min(0).max(1) }),
  event('model-ready', { preset: z.string() }),
  event('model-failed', { preset: z.string(), error: errorBodySchema }),
  event('preset-saved', { preset: z.string() }),
  event('preset-deleted', { preset: z.string() }),
  event('language-presets-changed', { chosen: z.string().describe('The preset that is in use now.') }),
  event('prompt-file-rejected', { file: z.string(), error: errorBodySchema }),
  event('conversation-changed', { conversation: conversationSchema }),
  event('conversation-deleted', { conversation: conversationIdSchema }),
  event('turn-started', { conversation: conversationIdSchema }),
  event('turn-ended', { conversation: conversationIdSchema, finish: turnFinishSchema }),
  event('tool-calls-changed', {}),
  event('agent-refused', { client: z.string(), tool: z.string(), error: errorBodySchema }),
])
export type ProductEvent = z.output<typeof eventSchema>
export type EventType = ProductEvent['type']

/** Events that are passed on to who listens and not stored. */
export const passingEventTypes: readonly EventType[] = [
  'generation-progressed',
  'queue-changed',
  'import-progressed',
  'model-preparing',
  'style-previewed',
  'tool-calls-changed',
  'conversation-changed',
  'conversation-deleted',
  'turn-started',
  'turn-ended',
]

/** An event as it is told to listeners: stored ones have an id to resume from. */
export const storedEventSchema = z.strictObject({
  id: z.int().nullable(),
  time: z.iso.datetime(),
  request_id: z.string().nullable(),
  message: z.string().describe('A sentence for a person.'),
  event: eventSchema,
})
export type StoredEvent = z.output<typeof storedEventSchema>

function event<const Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) {
  return z.strictObject({ type: z.literal(type), ...shape })
}

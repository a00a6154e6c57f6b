import { z } from 'zod'
import { engineCapabilitiesSchema, engineIdentitySchema } from './engine.ts'
import { languageStatisticsSchema } from './language.ts'
import { memoryDeviceSchema } from './memory.ts'

/** The life of a supervised process. */
export const workerStateSchema = z.enum(['stopped', 'starting', 'ready', 'restarting', 'stopping', 'failed'])
export type WorkerState = z.output<typeof workerStateSchema>

/** One supervised process as people see it. */
export const workerStatusSchema = z.strictObject({
  name: z.string(),
  state: workerStateSchema,
  pid: z.int().nullable(),
  uptime_ms: z.number().nullable(),
  restarts: z.int(),
  engine: engineIdentitySchema.nullable(),
  engine_reason: z.string().nullable().describe('Why this engine and no other: a sentence.'),
  capabilities: engineCapabilitiesSchema.nullable().describe('What the image engine can do.'),
  language: languageStatisticsSchema.nullable().describe('What the language model has done and holds.'),
  loaded_model: z.string().nullable(),
  memory_bytes: z.int().nullable().describe('Resident memory of the worker and its engine.'),
  last_words: z.string().nullable().describe('The end of its error output, when it failed.'),
})
export type WorkerStatus = z.output<typeof workerStatusSchema>

/** System memory in bytes. */
export const memoryStatusSchema = z.strictObject({
  total_bytes: z.int(),
  available_bytes: z.int(),
  ours_bytes: z.int().describe('Resident memory of the orchestrator, its workers and their engines.'),
})
export type MemoryStatus = z.output<typeof memoryStatusSchema>

/** How much work waits. */
export const queueStatusSchema = z.strictObject({
  waiting: z.int(),
  running: z.int(),
  background: z.int().describe('Small jobs such as thumbnails, waiting or running.'),
})
export type QueueStatus = z.output<typeof queueStatusSchema>

/** What is known about the soundness of the database. */
export const databaseStatusSchema = z.strictObject({
  state: z
    .enum(['sound', 'checking', 'damaged'])
    .describe('`checking` while a large file is read in the background; all works meanwhile.'),
  checked_at: z.iso.datetime().nullable().describe('When the whole file was last found sound.'),
  problems: z.array(z.string()).describe('What the check found, as SQLite says it.'),
})
export type DatabaseStatus = z.output<typeof databaseStatusSchema>

/** Everything a status header shows. */
export const systemStatusSchema = z.strictObject({
  version: z.string(),
  started_at: z.iso.datetime(),
  data_folder: z.string(),
  model_folders: z.array(z.string()),
  workers: z.array(workerStatusSchema),
  queue: queueStatusSchema,
  memory: memoryStatusSchema,
  devices: z
    .array(memoryDeviceSchema)
    .describe('Every memory models can lie in; that of the machine is the last.'),
  database: databaseStatusSchema,
  disk: z.strictObject({ free_bytes: z.int(), pictures: z.int() }),
})
export type SystemStatus = z.output<typeof systemStatusSchema>

import { z } from 'zod'
import { errorBodySchema, errorCodeSchema } from '../errors.ts'
import { jobIdSchema } from './job.ts'

export const importIdSchema = z.int().min(1).describe('Names an import.')

/** The life of an import; the last three are final. */
export const importStateSchema = z.enum([
  'receiving',
  'queued',
  'running',
  'completed',
  'failed',
  'cancelled',
])

/** Pictures being taken in from a folder or from uploaded files, and how far that is. */
export const importSchema = z.strictObject({
  id: importIdSchema,
  source: z.enum(['folder', 'upload']),
  folder: z.string().nullable().describe('The folder they come from; null for uploaded files.'),
  state: importStateSchema.describe('`receiving` while files are uploaded.'),
  job: jobIdSchema.nullable(),
  received: z.int().min(0).describe('Uploaded files so far.'),
  total: z.int().min(0).nullable().describe('How many files there are; null where nobody counted.'),
  looked_at: z.int().min(0).describe('Files so far: the sum of the four below.'),
  imported: z.int().min(0).describe('Pictures that are in the gallery now.'),
  duplicates: z.int().min(0).describe('Pictures that were there already, byte by byte.'),
  skipped: z.int().min(0).describe('Files that are no pictures, and links.'),
  failed: z.int().min(0).describe('Files with a problem; list_import_problems names them.'),
  without_recipe: z.int().min(0).describe('Imported pictures that say nothing about how they were made.'),
  error: errorBodySchema.nullable().describe('Why it failed, or what it waits for.'),
  created_at: z.iso.datetime(),
  finished_at: z.iso.datetime().nullable(),
})
export type ImportView = z.output<typeof importSchema>

/** One file that was not imported. */
export const importProblemSchema = z.strictObject({
  path: z.string().describe('The file, below the folder or inside the archive.'),
  code: errorCodeSchema,
  message: z.string(),
})
export type ImportProblem = z.output<typeof importProblemSchema>

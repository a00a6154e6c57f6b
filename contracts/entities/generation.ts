import { z } from 'zod'
import { errorBodySchema } from '../errors.ts'
import { memoryPlanSchema } from './memory.ts'
import { generationIdSchema, recipeSchema } from './recipe.ts'
import { generationTagSchema } from './tag.ts'

/** The life of a generation; the last three are final. */
export const generationStateSchema = z.enum(['queued', 'running', 'completed', 'failed', 'cancelled'])
export type GenerationState = z.output<typeof generationStateSchema>

/** How far the work on a picture is. */
export const progressSchema = z.strictObject({
  phase: z.enum(['preparing', 'loading', 'encoding', 'sampling', 'decoding', 'saving']),
  step: z.int().min(0),
  total: z.int().min(0),
  elapsed_ms: z.number().min(0),
  remaining_ms: z.number().min(0).nullable().describe('Estimated; null where nothing is known yet.'),
})
export type Progress = z.output<typeof progressSchema>

/** A stored picture and where to fetch it. */
export const pictureSchema = z.strictObject({
  url: z.string().describe('The original: a PNG, or the file that was imported.'),
  thumbnail_url: z.string().nullable().describe('A WebP of at most 256 pixels a side, once it is made.'),
  preview_url: z.string().nullable().describe('A WebP of at most 512 pixels a side, once it is made.'),
  width: z.int(),
  height: z.int(),
  bytes: z.int(),
  sha256: z.string(),
})
export type Picture = z.output<typeof pictureSchema>

/** Which words of a prompt the model knows; null for models whose vocabulary is not known. */
export const promptWordsSchema = z.strictObject({ known: z.array(z.string()), unknown: z.array(z.string()) })
export type PromptWords = z.output<typeof promptWordsSchema>

/** What a person thinks of a picture: 0 to 5; null where nobody said. */
export const ratingSchema = z.int().min(0).max(5).nullable().describe('0 to 5; null for none.')
export const favoriteSchema = z.boolean()
export const notesSchema = z.string().max(10_000, 'At most 10000 characters.')

/** One picture: wanted, in the making, or made. */
export const generationSchema = z.strictObject({
  id: generationIdSchema,
  state: generationStateSchema,
  recipe: recipeSchema,
  prompt_words: promptWordsSchema.nullable(),
  queue_position: z.int().min(0).nullable().describe('0 is next; null when it does not wait.'),
  progress: progressSchema.nullable(),
  attempts: z.int().min(0).max(2),
  picture: pictureSchema.nullable(),
  error: errorBodySchema.nullable(),
  request_id: z.string(),
  created_at: z.iso.datetime(),
  started_at: z.iso.datetime().nullable(),
  finished_at: z.iso.datetime().nullable(),
  deleted_at: z.iso.datetime().nullable(),
  rating: ratingSchema,
  favorite: favoriteSchema,
  notes: notesSchema,
  tags: z.array(generationTagSchema),
  memory_plan: memoryPlanSchema
    .exactOptional()
    .describe(
      'How it was made to fit into memory; absent before that is decided, and with imported pictures.',
    ),
})
export type Generation = z.output<typeof generationSchema>

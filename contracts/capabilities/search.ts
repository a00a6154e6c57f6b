import { z } from 'zod'
import { defineCapability } from '../capability.ts'
import { generationSchema, generationStateSchema } from '../entities/generation.ts'
import { pageCursors, pageDirectionSchema } from '../entities/page.ts'
import { generationIdSchema } from '../entities/recipe.ts'

export const searchQueryLimit = 1000

const searchQuerySchema = z
  .string()
  .max(searchQueryLimit, `At most ${searchQueryLimit} characters.`)
  .describe(
    'Words, "phrases", begin*, -without, this OR that; tag:cat collection:sea style:ink preset:name rating:>=4 favorite: ' +
      'size:512x768 size:>=1024 size:landscape before:2026 after:2026-11 seed:42. Empty finds everything.',
  )
  .meta({ examples: ['red boat -fog rating:>=4'] })

const searchedStateSchema = generationStateSchema
  .optional()
  .describe('Only pictures in this state; all that are not in the bin if left out.')

export const searchHistory = defineCapability({
  name: 'search_history',
  title: 'Search pictures',
  description: 'Finds earlier pictures by their words, tags, ratings, sizes and dates, newest first.',
  input: z.strictObject({
    query: searchQuerySchema,
    cursor: z
      .string()
      .regex(/^[1-9]\d{0,15}(?:\.[1-9]\d{0,3})?$/, 'Not a cursor of a search.')
      .optional()
      .describe('Continue where the page that gave this cursor ends.'),
    direction: pageDirectionSchema,
    order: z
      .enum(['newest', 'relevance'])
      .default('newest')
      .describe('`relevance` puts the best of the newest 1000 matches first, and ends with them.'),
    state: searchedStateSchema,
    limit: z.int().min(1).max(200).default(50),
  }),
  output: z.strictObject({
    generations: z.array(generationSchema),
    ...pageCursors,
    did_you_mean: z
      .string()
      .nullable()
      .describe('Where nothing was found: the query with its words spelled so that something is.'),
  }),
  errors: ['search_unavailable'],
  effect: 'read',
  surfaces: ['rest', 'mcp', 'assistant'],
  route: { method: 'GET', path: '/api/search' },
})

const facetSchema = z.array(z.strictObject({ name: z.string(), count: z.int().min(0) }))

export const getSearchFacets = defineCapability({
  name: 'get_search_facets',
  title: 'Count what a search finds',
  description: 'Counts the tags, presets and years of the pictures a search finds.',
  input: z.strictObject({
    query: searchQuerySchema.default(''),
    state: searchedStateSchema,
    limit: z.int().min(1).max(200).default(30).describe('The most of each, most frequent first.'),
  }),
  output: z.strictObject({
    total: z.int().min(0),
    complete: z.boolean().describe('False where only the newest 20000 matches were counted.'),
    tags: facetSchema,
    presets: facetSchema.describe('By the ids of presets.'),
    years: facetSchema.describe('Newest first.'),
  }),
  errors: ['search_unavailable'],
  effect: 'read',
  surfaces: ['rest'],
  route: { method: 'GET', path: '/api/search/facets' },
})

export const getTimeline = defineCapability({
  name: 'get_timeline',
  title: 'Months with pictures',
  description:
    'Lists the months that have pictures, newest first, and where the list of pictures begins for each.',
  input: z.strictObject({}),
  output: z.strictObject({
    months: z.array(
      z.strictObject({
        month: z.string().describe('Such as 2026-11, by the clock of the machine.'),
        count: z.int().min(1),
        newest: generationIdSchema.describe('The newest picture of the month.'),
        cursor: generationIdSchema.describe('The page of list_generations that begins with it.'),
      }),
    ),
  }),
  errors: ['search_unavailable'],
  effect: 'read',
  surfaces: ['rest'],
  route: { method: 'GET', path: '/api/timeline' },
})

import { z } from 'zod'
import { defineCapability } from '../capability.ts'
import { generationIdSchema } from '../entities/recipe.ts'

/** How many pictures one archive may hold. */
export const exportLimit = 10_000

export const prepareExport = defineCapability({
  name: 'prepare_export',
  title: 'Export pictures',
  description: 'Prepares an archive of pictures with their recipes, and tells where to download it.',
  input: z
    .strictObject({
      generations: z
        .array(generationIdSchema)
        .min(1)
        .max(exportLimit, `At most ${exportLimit} pictures at once.`)
        .optional()
        .describe('These pictures.'),
      query: z
        .string()
        .max(1000, 'At most 1000 characters.')
        .optional()
        .describe('Or the finished pictures that this search finds; empty finds all.'),
    })
    .refine(({ generations, query }) => (generations === undefined) !== (query === undefined), {
      message: 'Name either pictures or a search.',
      path: ['generations'],
    }),
  output: z.strictObject({
    url: z.string().describe('The archive, a zip file; for ten minutes, and for whoever is signed in.'),
    pictures: z.int().min(1),
  }),
  errors: ['export_empty', 'export_too_large', 'search_unavailable'],
  effect: 'write',
  surfaces: ['rest'],
  route: { method: 'POST', path: '/api/exports' },
})

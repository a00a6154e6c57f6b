import { z } from 'zod'
import { defineCapability } from '../capability.ts'
import { dominantColorSchema, measurementsSchema, similarPictureSchema } from '../entities/analysis.ts'
import { promptEditSchema } from '../entities/prompt-edit.ts'
import { generationIdSchema, generationReferenceSchema } from '../entities/recipe.ts'
import { uploadedPictureIdSchema } from './pictures.ts'

export const analyzeImage = defineCapability({
  name: 'analyze_image',
  title: 'Analyze a picture',
  description:
    'Measures light, colours and sharpness of a picture, finds similar ones and suggests edits of the prompt.',
  input: z.strictObject({
    generation: generationReferenceSchema
      .optional()
      .describe('The picture, by its id, or `last` for the newest one; that is also the default.'),
    init_image: uploadedPictureIdSchema.optional().describe('An uploaded picture instead.'),
    question: z
      .string()
      .max(500, 'At most 500 characters.')
      .optional()
      .describe('What you want to know; answered where the analyzer can.'),
  }),
  output: z.strictObject({
    analyzer: z
      .enum(['pixels', 'vision_model'])
      .describe('`pixels` measures and knows nothing of what the picture shows.'),
    generation: generationIdSchema.nullable().describe('The picture, where it is one of ours.'),
    summary: z.array(z.string()).describe('What was found, in sentences for a person.'),
    answer: z.string().nullable().describe('The answer to the question; null where there is none.'),
    limits: z.string().describe('What this analysis cannot tell.'),
    asked_for: z
      .string()
      .nullable()
      .describe('The prompt it was made from: what was wanted, not what was seen.'),
    measurements: measurementsSchema,
    colors: z.array(dominantColorSchema).describe('Most of the picture first.'),
    similar: z.array(similarPictureSchema).describe('Other pictures of the gallery, the nearest first.'),
    suggestions: z.array(promptEditSchema).describe('Edits that may help, each on its own.'),
  }),
  errors: [
    'generation_not_found',
    'generation_not_finished',
    'picture_not_found',
    'picture_unreadable',
    'source_picture_not_found',
  ],
  effect: 'read',
  surfaces: ['rest', 'mcp', 'assistant'],
  route: { method: 'GET', path: '/api/analysis' },
})

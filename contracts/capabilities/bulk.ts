import { z } from 'zod'
import { defineCapability } from '../capability.ts'
import { favoriteSchema, generationSchema, notesSchema, ratingSchema } from '../entities/generation.ts'
import { generationIdSchema } from '../entities/recipe.ts'
import { errorCodeSchema } from '../errors.ts'
import { generationsInput } from './tags.ts'

export const rateGenerations = defineCapability({
  name: 'rate_generations',
  title: 'Rate pictures',
  description:
    'Sets the rating, the favorite mark or the notes of pictures, and tells what they were before.',
  input: z
    .strictObject({
      generations: generationsInput,
      rating: ratingSchema.optional(),
      favorite: favoriteSchema.optional(),
      notes: notesSchema.optional(),
    })
    .refine(
      ({ rating, favorite, notes }) => rating !== undefined || favorite !== undefined || notes !== undefined,
      'Say what to set: rating, favorite or notes.',
    ),
  output: z.strictObject({
    before: z
      .array(
        z.strictObject({
          generation: generationIdSchema,
          rating: ratingSchema,
          favorite: favoriteSchema,
          notes: notesSchema,
        }),
      )
      .describe('What the pictures that changed were like.'),
    generations: z.array(generationSchema).describe('The pictures that changed.'),
  }),
  errors: ['generation_not_found'],
  effect: 'write',
  surfaces: ['rest'],
  route: { method: 'POST', path: '/api/generations/rate' },
})

const moved = z.strictObject({
  generations: z.array(generationSchema).describe('The pictures that were moved.'),
  skipped: z
    .array(z.strictObject({ generation: generationIdSchema, code: errorCodeSchema }))
    .describe('The pictures that were left where they are, and why.'),
})

export const deleteGenerations = defineCapability({
  name: 'delete_generations',
  title: 'Move pictures to the bin',
  description: 'Moves finished pictures to the bin; restore_generations brings them back.',
  input: z.strictObject({ generations: generationsInput }),
  output: moved,
  errors: [],
  effect: 'destructive',
  surfaces: ['rest'],
  route: { method: 'POST', path: '/api/generations/delete' },
})

export const restoreGenerations = defineCapability({
  name: 'restore_generations',
  title: 'Bring pictures back',
  description: 'Takes pictures out of the bin.',
  input: z.strictObject({ generations: generationsInput }),
  output: moved,
  errors: [],
  effect: 'write',
  surfaces: ['rest'],
  route: { method: 'POST', path: '/api/generations/restore' },
})

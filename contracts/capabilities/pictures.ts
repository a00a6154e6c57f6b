import { z } from 'zod'
import { defineCapability } from '../capability.ts'
import { recipeSchema } from '../entities/recipe.ts'

/** An uploaded picture is known by the sha256 of the PNG that was kept of it. */
export const uploadedPictureIdSchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'An uploaded picture is named by 64 hexadecimal digits.')
  .describe('Names an uploaded picture.')

/** 24 MiB of picture, in base64. */
const encodedPictureLimit = 32 * 1024 * 1024

const encodedPictureInput = z.strictObject({
  data_base64: z
    .base64()
    .min(4)
    .max(encodedPictureLimit)
    .describe('A PNG, JPEG or WebP file in base64, at most 24 MiB.'),
})

export const uploadPicture = defineCapability({
  name: 'upload_picture',
  title: 'Upload a picture to start from',
  description: 'Keeps a picture that generate can start from as `init_image`.',
  input: encodedPictureInput,
  output: z.strictObject({
    init_image: uploadedPictureIdSchema,
    width: z.int(),
    height: z.int(),
    url: z.string(),
  }),
  errors: ['picture_format_not_allowed', 'picture_unreadable', 'picture_too_large', 'disk_full'],
  effect: 'write',
  surfaces: ['rest'],
  route: { method: 'POST', path: '/api/pictures' },
})

export const readRecipe = defineCapability({
  name: 'read_recipe',
  title: 'Read the recipe in a picture',
  description: 'Reads how a picture was made from the picture itself, whichever tool made it.',
  input: encodedPictureInput,
  output: z.strictObject({
    recipe: recipeSchema
      .nullable()
      .describe('Complete where MystiCanvas made the picture; else `imported` tells what it lacks.'),
    parameters: z.string().nullable().describe('The `parameters` text that many tools write.'),
  }),
  errors: ['picture_format_not_allowed', 'picture_unreadable', 'recipe_not_found'],
  effect: 'read',
  surfaces: ['rest'],
  route: { method: 'POST', path: '/api/recipes/read' },
})

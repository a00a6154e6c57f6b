import { z } from 'zod'
import { engineIdentitySchema, placementSchema, samplerSchema, schedulerSchema } from './engine.ts'
import { guidanceSchema, modelFamilySchema, sideSchema, stepsSchema } from './preset.ts'

/** A generation's id on the wire: a time-sortable integer, as a string of digits. */
export const generationIdSchema = z
  .string()
  .regex(/^[1-9]\d{0,15}$/, 'A generation id is a number of at most 16 digits.')
  .describe('Names a picture.')

/** A picture as a caller may name it: by its id, or `last` for the newest one this same caller asked for. */
export const generationReferenceSchema = z
  .string()
  .regex(/^(?:last|[1-9]\d{0,15})$/, 'Give the id of a picture, a number of at most 16 digits, or "last".')
  .describe('Names a picture: its id, or `last` for the newest one you asked for.')
  .meta({ examples: ['last'] })

/** A seed for the noise; the same recipe with the same seed gives the same pixels. */
export const seedSchema = z.int().min(0).max(4_294_967_295)

/** One file of the model a picture was made with, known by its content. */
export const recipeFileSchema = z.strictObject({
  role: z.string(),
  name: z.string().describe('The file name without its folder.'),
  sha256: z.string().nullable().describe('Known once the file was read for a picture.'),
})

/** The settings of a recipe that a picture from elsewhere may not tell of. */
export const recipeGapSchema = z.enum([
  'prompt',
  'negative_prompt',
  'seed',
  'size',
  'steps',
  'guidance',
  'sampler',
  'scheduler',
  'clip_skip',
  'strength',
  'source_picture',
  'model',
])
export type RecipeGap = z.output<typeof recipeGapSchema>

/** Where the recipe of a picture from elsewhere comes from, and what it lacks. */
export const importedSchema = z.strictObject({
  tool: z
    .string()
    .nullable()
    .describe('The program that made the picture; null where the file does not say.'),
  file: z.string().describe('The name of its file, without folders.'),
  model: z.string().nullable().describe('The model, as the file names it.'),
  gaps: z
    .array(recipeGapSchema)
    .describe(
      'Settings the file does not say, or not in a way that works here; the recipe holds usual values.',
    ),
  unread: z
    .array(z.strictObject({ name: z.string(), value: z.string() }))
    .describe('What else the file says about how it was made.'),
})
export type Imported = z.output<typeof importedSchema>

/** The preset that recipes name whose model is none of the presets here. */
export const importedPresetId = 'imported'

/** Everything it takes to make the same picture again. */
export const recipeSchema = z.strictObject({
  mode: z.enum(['txt2img', 'img2img']),
  prompt: z.string(),
  negative_prompt: z.string(),
  seed: seedSchema,
  width: sideSchema,
  height: sideSchema,
  steps: stepsSchema,
  guidance: guidanceSchema,
  sampler: samplerSchema,
  scheduler: schedulerSchema,
  clip_skip: z.int(),
  strength: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .describe('Image-to-image: how far to leave the source, 0 to 1.'),
  source_generation: generationIdSchema
    .nullable()
    .describe('Image-to-image: the picture it started from, where it was one of ours.'),
  source_picture: z.string().nullable().describe('Image-to-image: sha256 of the picture it started from.'),
  mask_picture: z
    .string()
    .exactOptional()
    .describe('Image-to-image: sha256 of the mask; only where it is white may the picture change.'),
  control_picture: z.string().exactOptional().describe('sha256 of the picture the control net followed.'),
  control_strength: z.number().min(0).max(1).exactOptional().describe('How closely it was followed, 0 to 1.'),
  vae_tiling: z.boolean(),
  placement: placementSchema,
  preset: z.strictObject({
    id: z.string(),
    name: z.string(),
    family: modelFamilySchema,
    files: z.array(recipeFileSchema),
  }),
  engine: engineIdentitySchema.nullable().describe('Known once the engine has made the picture.'),
  style: z
    .string()
    .exactOptional()
    .describe('The style that is in the prompts above, by its name then; absent where there is none.'),
  own_prompt: z.string().exactOptional().describe('With a style: what the person wrote.'),
  own_negative_prompt: z.string().exactOptional().describe('With a style: what the person wrote.'),
  imported: importedSchema
    .exactOptional()
    .describe('Only with pictures that were imported: where the recipe comes from, and what it lacks.'),
})
export type Recipe = z.output<typeof recipeSchema>

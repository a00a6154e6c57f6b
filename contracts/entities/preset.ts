import { z } from 'zod'
import { placementSchema, samplerSchema, schedulerSchema } from './engine.ts'

/** The files a model can be made of, by the part each one holds. Absolute paths. */
export const modelFilesSchema = z.strictObject({
  model: z.string().min(1).describe('The checkpoint, or the diffusion model alone.'),
  vae: z.string().min(1).optional(),
  clip_l: z.string().min(1).optional(),
  clip_g: z.string().min(1).optional(),
  t5xxl: z.string().min(1).optional(),
  llm: z.string().min(1).optional(),
  control_net: z.string().min(1).optional(),
})
export type ModelFiles = z.output<typeof modelFilesSchema>

/** A part of a model that has a file of its own. */
export type ModelFileRole = keyof ModelFiles

/** The files a model has, with the part each one holds. */
export function listModelFiles(files: ModelFiles): { role: ModelFileRole; path: string }[] {
  return Object.entries(files).flatMap(([role, path]) =>
    path === undefined ? [] : [{ role: role as ModelFileRole, path }],
  )
}

/** The families of models the product knows by their tensors. */
export const modelFamilySchema = z.enum(['sd1', 'sd2', 'sdxl', 'sd3', 'flux', 'unknown'])
export type ModelFamily = z.output<typeof modelFamilySchema>

export const presetIdSchema = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/, 'Use lower-case letters, digits and hyphens, at most 64.')
  .describe('Names a preset: lower-case letters, digits and hyphens.')

/** A side of a picture in pixels. */
export const sideSchema = z
  .int('A whole number of pixels.')
  .min(64, 'At least 64 pixels.')
  .max(4096, 'At most 4096 pixels.')
  .multipleOf(8, 'A multiple of 8 pixels.')

export const stepsSchema = z.int().min(1).max(150).describe('Sampling steps, 1 to 150.')
export const guidanceSchema = z.number().min(0).max(30).describe('Guidance scale (CFG), 0 to 30.')

/** What a preset uses where a request leaves something out. */
export const presetDefaultsSchema = z.strictObject({
  width: sideSchema.default(512),
  height: sideSchema.default(512),
  steps: stepsSchema.default(20),
  guidance: guidanceSchema.default(7),
  sampler: samplerSchema.default('euler_a'),
  scheduler: schedulerSchema.default('discrete'),
  negative_prompt: z.string().max(4000).default(''),
  clip_skip: z
    .int()
    .min(-1)
    .max(12)
    .default(-1)
    .describe('Layers of the text encoder to skip; -1 lets the model decide.'),
})
export type PresetDefaults = z.output<typeof presetDefaultsSchema>

/** Words a model with a small world knows; a model without such a list knows everything as far as we can tell. */
export const vocabularySchema = z.strictObject({
  words: z.array(z.string()).describe('Single words the model was trained on, lower case.'),
  examples: z.array(z.string()).describe('Prompts that look good on this model.'),
})
export type Vocabulary = z.output<typeof vocabularySchema>

/** Whether a preset can be used now. */
export const presetAvailabilitySchema = z.strictObject({
  state: z.enum(['ready', 'preparing', 'unavailable']),
  progress: z.number().min(0).max(1).nullable().describe('While preparing: the share that is done.'),
  problem: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
})
export type PresetAvailability = z.output<typeof presetAvailabilitySchema>

/** A model with the settings that suit it, under a name. */
export const presetSchema = z.strictObject({
  id: presetIdSchema,
  name: z.string(),
  description: z.string(),
  built_in: z.boolean(),
  family: modelFamilySchema,
  files: modelFilesSchema,
  defaults: presetDefaultsSchema,
  placement: placementSchema,
  max_side: z.int().describe('The longest side in pixels that is sensible with this model.'),
  vocabulary: vocabularySchema.nullable(),
  availability: presetAvailabilitySchema,
})
export type Preset = z.output<typeof presetSchema>

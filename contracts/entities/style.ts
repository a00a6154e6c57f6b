import { z } from 'zod'
import { guidanceSchema, stepsSchema } from './preset.ts'

/** Stands in a style's template where the words of the person go. */
export const promptPlace = '{prompt}'

/** The most characters a template or a negative prompt of a style has. */
export const styleTextLimit = 2000

export const styleIdSchema = z.int().min(1).describe('Names a style.')

/** A style's name as people write it. Case, accents, hyphens and spaces make no difference to which style it is. */
export const styleNameSchema = z
  .string()
  .max(100, 'At most 100 characters.')
  .refine((name) => name.trim() !== '', 'A style needs a name.')

/** What a caller writes to mean a style; small slips are forgiven where only one style can be meant. */
export const styleReferenceSchema = styleNameSchema
  .describe('A style from get_styles, by its name.')
  .meta({ examples: ['watercolor'] })

export const promptTemplateSchema = z
  .string()
  .max(styleTextLimit, `At most ${styleTextLimit} characters.`)
  .refine((text) => text.split(promptPlace).length <= 2, `Write ${promptPlace} once.`)
  .describe(`The text around the prompt, which takes the place of ${promptPlace}.`)

/** Settings that suit a style; what a person says outright counts more, and what is left out follows the preset. */
export const styleParametersSchema = z.strictObject({
  steps: stepsSchema.exactOptional(),
  guidance: guidanceSchema.exactOptional(),
  aspect: z.enum(['portrait', 'landscape', 'square']).exactOptional().describe('The shape that suits it.'),
})
export type StyleParameters = z.output<typeof styleParametersSchema>

/** A way to draw: a template around the prompt, what to avoid, and settings that suit it. */
export const styleSchema = z.strictObject({
  id: styleIdSchema,
  name: z.string(),
  description: z.string(),
  category: z.string(),
  prompt_template: z.string(),
  negative_prompt: z.string(),
  parameters: styleParametersSchema,
  built_in: z
    .boolean()
    .describe('It comes with the product and changes with it; changing it makes it your own.'),
  preview_url: z.string().nullable().describe('A WebP of a picture in this style, once one was made.'),
})
export type Style = z.output<typeof styleSchema>

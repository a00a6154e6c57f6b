import { z } from 'zod'
import { defineCapability } from '../capability.ts'
import { generationIdSchema, generationReferenceSchema } from '../entities/recipe.ts'
import {
  promptTemplateSchema,
  styleIdSchema,
  styleNameSchema,
  styleParametersSchema,
  styleReferenceSchema,
  styleSchema,
  styleTextLimit,
} from '../entities/style.ts'
import { promptLimit } from './generation.ts'

const promptSchema = z.string().max(promptLimit, `At most ${promptLimit} characters.`)
const styleInput = z.strictObject({ style: styleIdSchema })

export const getStyles = defineCapability({
  name: 'get_styles',
  title: 'List styles',
  description: 'Lists styles to draw in, by name; those with all words of a query, where one is given.',
  input: z.strictObject({
    query: z.string().max(200).default('').describe('Words of a name, a category or what it looks like.'),
    cursor: styleIdSchema.optional().describe('Continue after the page that gave this cursor.'),
    limit: z.int().min(1).max(200).default(20),
  }),
  output: z.strictObject({
    styles: z.array(styleSchema),
    next_cursor: styleIdSchema
      .nullable()
      .describe('Give this as `cursor` for the next page; null at the end.'),
  }),
  errors: [],
  effect: 'read',
  surfaces: ['rest', 'mcp', 'assistant'],
  route: { method: 'GET', path: '/api/styles' },
})

export const applyStyle = defineCapability({
  name: 'apply_style',
  title: 'Put a prompt into a style',
  description: 'Tells what a prompt, or that of an earlier picture, becomes in a style. Makes no picture.',
  input: z.strictObject({
    style_name: styleReferenceSchema,
    prompt: promptSchema.optional().describe('The words to put into the style.'),
    negative_prompt: promptSchema.optional().describe('What the picture should not show.'),
    generation: generationReferenceSchema
      .optional()
      .describe('Takes what is left out from this picture, in place of the style it has.'),
  }),
  output: z.strictObject({
    style: z.string().describe('The name of the style that was meant.'),
    prompt: z.string().nullable().describe('In the style; null where there were no words to put into it.'),
    negative_prompt: z.string(),
    own_prompt: z.string().nullable().describe('The words without the style.'),
    parameters: styleParametersSchema.describe('Settings that suit it.'),
  }),
  errors: ['style_not_found', 'style_ambiguous', 'generation_not_found'],
  effect: 'read',
  surfaces: ['rest', 'mcp', 'assistant'],
  route: { method: 'POST', path: '/api/styles/apply' },
})

export const saveStyle = defineCapability({
  name: 'save_style',
  title: 'Save a style',
  description: 'Adds a style from a text or from a picture, or changes one. What is left out stays as it is.',
  input: z.strictObject({
    id: styleIdSchema.optional().describe('The style to change; a new one if left out.'),
    name: styleNameSchema.optional().describe('Needed for a new one.'),
    description: z.string().max(500).optional(),
    category: z.string().max(40).optional(),
    prompt_template: promptTemplateSchema.optional(),
    negative_prompt: z.string().max(styleTextLimit).optional(),
    parameters: styleParametersSchema.optional(),
    generation: generationIdSchema
      .optional()
      .describe('Takes template, negative prompt and settings from this picture, where they are left out.'),
  }),
  output: styleSchema,
  errors: ['style_not_found', 'style_name_taken', 'generation_not_found', 'too_many_styles'],
  effect: 'write',
  surfaces: ['rest'],
  route: { method: 'POST', path: '/api/styles' },
})

export const duplicateStyle = defineCapability({
  name: 'duplicate_style',
  title: 'Copy a style',
  description: 'Adds a copy of a style under a name that is free.',
  input: styleInput,
  output: styleSchema,
  errors: ['style_not_found', 'too_many_styles'],
  effect: 'write',
  surfaces: ['rest'],
  route: { method: 'POST', path: '/api/styles/:style/duplicate' },
})

export const deleteStyle = defineCapability({
  name: 'delete_style',
  title: 'Delete a style',
  description: 'Takes a style from the list; restore_style brings it back. Pictures in it stay.',
  input: styleInput,
  output: styleInput,
  errors: ['style_not_found'],
  effect: 'destructive',
  surfaces: ['rest'],
  route: { method: 'DELETE', path: '/api/styles/:style' },
})

export const restoreStyle = defineCapability({
  name: 'restore_style',
  title: 'Bring a style back',
  description: 'Brings back a style that was deleted.',
  input: styleInput,
  output: styleSchema,
  errors: ['style_not_found', 'style_name_taken', 'too_many_styles'],
  effect: 'write',
  surfaces: ['rest'],
  route: { method: 'POST', path: '/api/styles/:style/restore' },
})

export const makeStylePreviews = defineCapability({
  name: 'make_style_previews',
  title: 'Make previews of styles',
  description: 'Makes a small picture in each style that has none, while nothing else waits.',
  input: z.strictObject({
    styles: z
      .array(styleIdSchema)
      .max(500)
      .optional()
      .describe('These alone, also where they have one already; all without a preview if left out.'),
  }),
  output: z.strictObject({ queued: z.int().min(0).describe('How many previews wait now because of this.') }),
  errors: ['style_not_found', 'preset_not_found'],
  effect: 'compute',
  surfaces: ['rest'],
  route: { method: 'POST', path: '/api/styles/previews' },
})

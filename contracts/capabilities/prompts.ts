import { z } from 'zod'
import { defineCapability } from '../capability.ts'
import { presetIdSchema } from '../entities/preset.ts'
import { promptEditSchema } from '../entities/prompt-edit.ts'
import { promptLimit } from './generation.ts'

export const enhancePrompt = defineCapability({
  name: 'enhance_prompt',
  title: 'Enhance a prompt',
  description: 'Adds what a prompt leaves open, such as place and light. Keeps every word it was given.',
  input: z.strictObject({
    user_input: z
      .string()
      .max(promptLimit, `At most ${promptLimit} characters.`)
      .refine((text) => text.trim() !== '', 'Say what the picture should show.')
      .describe('The prompt to enhance.')
      .meta({ examples: ['a boat'] }),
    negative_prompt: z
      .string()
      .max(promptLimit, `At most ${promptLimit} characters.`)
      .optional()
      .describe('What the picture should not show; the default of the preset if left out.'),
    preset: presetIdSchema
      .optional()
      .describe('The model to write for; the first one that is ready if left out.'),
  }),
  output: z.strictObject({
    prompt: z.string().describe('The prompt with all edits made.'),
    negative_prompt: z.string().describe('The negative prompt with all edits made.'),
    edits: z.array(promptEditSchema).describe('What was changed, each on its own.'),
    enhancer: z.enum(['rules', 'language_model']).describe('Who made the changes.'),
    preset: presetIdSchema.describe('The model it was written for.'),
    unknown_words: z.array(z.string()).describe('Words of the prompt that the model does not know.'),
    note: z.string().describe('What was done, in sentences for a person.'),
  }),
  errors: ['preset_not_found'],
  effect: 'read',
  surfaces: ['rest', 'mcp', 'assistant'],
  route: { method: 'POST', path: '/api/prompts/enhance' },
})

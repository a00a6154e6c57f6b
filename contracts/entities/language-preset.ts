import { z } from 'zod'
import { chatTemplateSchema, contextTokensSchema } from './language.ts'
import { presetAvailabilitySchema, presetIdSchema } from './preset.ts'

/** The preset of the language model that comes with the product. */
export const builtInLanguagePreset = 'mysticanvas-chat'

/** Where a program answers that is compatible with OpenAI: its address up to `/v1`. */
export const remoteUrlSchema = z
  .url({ protocol: /^https?$/, error: 'An address that begins with https:// or http://.' })
  .max(2000)
  .describe('Such as http://127.0.0.1:11434/v1; http only on this very machine.')

/** A key as servers hand them out; it goes into a header. */
export const apiKeySchema = z
  .string()
  .regex(/^[\x21-\x7E]{1,512}$/, 'Letters, digits and signs without spaces, at most 512.')

/** Settings every preset of a language model has. */
export const languageSettingsSchema = z.strictObject({
  chat_template: chatTemplateSchema.default('auto').describe('`auto` takes the one in the file.'),
  context_tokens: contextTokensSchema.default(4096).describe('How much the model reads at once, in tokens.'),
  threads: z.int().min(0).max(256).default(0).describe('Threads; 0 takes what suits model and machine.'),
  gpu_layers: z
    .int()
    .min(0)
    .max(1000)
    .nullable()
    .default(null)
    .describe('Layers computed on a GPU; null lets the engine choose, 0 keeps off it.'),
  temperature: z.number().min(0).max(2).default(0.4).describe('0 always says the likeliest.'),
  max_output_tokens: z.int().min(16).max(131_072).default(1024).describe('The longest answer, in tokens.'),
})
export type LanguageSettings = z.output<typeof languageSettingsSchema>

/** Where a language model comes from, as people see it: a key is never shown. */
export const languageSourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('built_in') }),
  z.strictObject({ kind: z.literal('gguf'), file: z.string() }),
  z.strictObject({
    kind: z.literal('remote'),
    url: z.string(),
    model: z.string(),
    has_key: z.boolean().describe('Whether a key is stored.'),
  }),
])
export type LanguageSource = z.output<typeof languageSourceSchema>

/** A language model with its settings, under a name. */
export const languagePresetSchema = z.strictObject({
  id: presetIdSchema,
  name: z.string(),
  source: languageSourceSchema,
  ...languageSettingsSchema.shape,
  chosen: z.boolean().describe('The assistant uses this one.'),
  availability: presetAvailabilitySchema,
})
export type LanguagePreset = z.output<typeof languagePresetSchema>

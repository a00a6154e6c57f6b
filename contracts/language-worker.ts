import { z } from 'zod'
import { chatTemplateSchema, contextTokensSchema, languageStatisticsSchema } from './entities/language.ts'
import { commonWorkerHealthSchema } from './worker.ts'

/** What the language worker is told at its start. */
export const languageWorkerConfigurationSchema = z.strictObject({
  model_folders: z.array(z.string()).describe('No file outside of them is opened.'),
})
export type LanguageWorkerConfiguration = z.output<typeof languageWorkerConfigurationSchema>

/** Routes of the language worker beside those every worker has; those below `/v1` speak as OpenAI's do. */
export const languageWorkerRoutes = {
  purgeContext: '/internal/context/purge',
  models: '/v1/models',
  chat: '/v1/chat/completions',
  embeddings: '/v1/embeddings',
} as const

/** A language model as the worker loads it. Two equal specifications are the same loaded model. */
export const languageModelSpecificationSchema = z.strictObject({
  name: z.string().min(1).max(200).describe('What requests call it.'),
  kind: z
    .enum(['built_in', 'gguf'])
    .describe('The built-in model is spoken to in its own short form, see workers/language/sketch.'),
  file: z.string().min(1),
  chat_template: chatTemplateSchema,
  context_tokens: contextTokensSchema,
  threads: z.int().min(0).max(256).describe('0 chooses by the size of the model and the machine.'),
  gpu_layers: z.int().min(0).nullable().describe('Layers computed on a GPU; null lets the engine choose.'),
})
export type LanguageModelSpecification = z.output<typeof languageModelSpecificationSchema>

/** Reply of `GET /internal/health` of the language worker. */
export const languageWorkerHealthSchema = commonWorkerHealthSchema.extend({
  can_purge_context: z.literal(true),
  language: languageStatisticsSchema,
})
export type LanguageWorkerHealth = z.output<typeof languageWorkerHealthSchema>

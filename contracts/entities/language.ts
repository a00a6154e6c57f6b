import { z } from 'zod'

/**
 * How a conversation is written down for a model. `auto` reads it from the file, and is right for most;
 * the others are for files that carry no template or a wrong one.
 */
export const chatTemplateSchema = z.enum([
  'auto',
  'jinja',
  'chatml',
  'qwen',
  'llama3',
  'llama3.1',
  'llama2',
  'mistral',
  'gemma',
  'deepseek',
  'harmony',
  'general',
])
export type ChatTemplate = z.output<typeof chatTemplateSchema>

/** Tokens a model is given to read and write in, its context. */
export const contextTokensSchema = z.int().min(256).max(1_048_576)

/** What a language model has done and holds, as its worker counts it. */
export const languageStatisticsSchema = z.strictObject({
  context_tokens: z.int().nullable().describe('Size of the context that is held now; null while none is.'),
  context_bytes: z.int().describe('What the context takes; giving it up costs no more than reading again.'),
  device: z.string().nullable().describe('Where the model computes: `cpu`, or the interface to the GPU.'),
  waiting: z.int().describe('Requests that wait for their turn.'),
  requests: z.int().describe('Requests answered since the start.'),
  prompt_tokens: z.int().describe('Tokens read since the start, those still in the context included.'),
  completion_tokens: z.int().describe('Tokens written since the start.'),
})
export type LanguageStatistics = z.output<typeof languageStatisticsSchema>

import { z } from 'zod'

/*
 * Requests in the wire format of OpenAI's chat completions, as far as it has a meaning here. Fields that are not named
 * are passed over, as clients of that format expect. Source: the API reference of OpenAI, "Create chat completion".
 */

const textPartSchema = z.object({ type: z.literal('text'), text: z.string() })
const otherPartSchema = z.object({ type: z.string() })

/** What a message says: a text, or parts of which only texts can be read by a language model. */
const contentSchema = z
  .union([z.string(), z.array(z.union([textPartSchema, otherPartSchema]))])
  .nullish()
  .transform((content) => {
    if (typeof content === 'string') return content
    return (content ?? []).map((part) => ('text' in part ? part.text : '')).join('')
  })

const toolCallSchema = z.object({
  id: z.string(),
  type: z.literal('function').default('function'),
  function: z.object({ name: z.string(), arguments: z.string() }),
})

export const chatMessageSchema = z.discriminatedUnion('role', [
  z.object({ role: z.literal('system'), content: contentSchema }),
  z.object({ role: z.literal('developer'), content: contentSchema }),
  z.object({ role: z.literal('user'), content: contentSchema }),
  z.object({
    role: z.literal('assistant'),
    content: contentSchema,
    tool_calls: z.array(toolCallSchema).nullish(),
  }),
  z.object({ role: z.literal('tool'), content: contentSchema, tool_call_id: z.string() }),
])
export type ChatMessage = z.output<typeof chatMessageSchema>

export const toolSchema = z.object({
  type: z.literal('function'),
  function: z.object({
    name: z.string().regex(/^[\w-]{1,64}$/, 'Letters, digits, _ and -, at most 64.'),
    description: z.string().optional(),
    parameters: z.record(z.string(), z.unknown()).optional(),
  }),
})
export type Tool = z.output<typeof toolSchema>

const toolChoiceSchema = z.union([
  z.enum(['none', 'auto', 'required']),
  z.object({ type: z.literal('function'), function: z.object({ name: z.string() }) }),
])

const responseFormatSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text') }),
  z.object({ type: z.literal('json_object') }),
  z.object({
    type: z.literal('json_schema'),
    json_schema: z.object({ name: z.string().optional(), schema: z.record(z.string(), z.unknown()) }),
  }),
])

/** Body of `POST /v1/chat/completions`. */
export const chatRequestSchema = z.object({
  model: z.string(),
  messages: z.array(chatMessageSchema).min(1).max(10_000),
  tools: z.array(toolSchema).max(128).default([]),
  tool_choice: toolChoiceSchema.default('auto'),
  response_format: responseFormatSchema.default({ type: 'text' }),
  stream: z.boolean().default(false),
  stream_options: z.object({ include_usage: z.boolean().default(false) }).nullish(),
  max_tokens: z.int().min(1).nullish(),
  max_completion_tokens: z.int().min(1).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  seed: z.int().nullish(),
  stop: z
    .union([z.string().transform((text) => [text]), z.array(z.string()).max(16)])
    .nullish()
    .transform((stop) => (stop ?? []).filter((text) => text !== '')),
})
export type ChatRequest = z.output<typeof chatRequestSchema>

/** Body of `POST /v1/embeddings`. */
export const embeddingsRequestSchema = z.object({
  model: z.string(),
  input: z.union([z.string().transform((text) => [text]), z.array(z.string()).min(1).max(2048)]),
  encoding_format: z.literal('float').default('float'),
})

/** The tools the model may call for this request; none where the caller forbids it. */
export function allowedTools({ tools, tool_choice: choice }: ChatRequest): Tool[] {
  if (choice === 'none') return []
  if (typeof choice === 'string') return tools
  return tools.filter((tool) => tool.function.name === choice.function.name)
}

/** Whether the answer must be a call of a tool. */
export function mustCall({ tool_choice: choice }: ChatRequest): boolean {
  return choice === 'required' || typeof choice === 'object'
}

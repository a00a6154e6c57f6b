import { z } from 'zod'
import { errorBodySchema } from '../errors.ts'

/** Names a conversation; whoever begins one makes its id. */
export const conversationIdSchema = z.uuid().describe('Names a conversation.')

export const conversationTitleSchema = z
  .string()
  .trim()
  .min(1, 'A conversation needs a title.')
  .max(120, 'At most 120 characters.')

/** A conversation, without what was said. */
export const conversationSchema = z.strictObject({
  id: conversationIdSchema,
  title: z.string(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime().describe('When its newest message came or changed.'),
  message_count: z.int().min(0).describe('Without those that were superseded.'),
  running: z.boolean().describe('True while the assistant works on an answer.'),
})
export type Conversation = z.output<typeof conversationSchema>

/** How a turn of the assistant ended. `limit` is a limit of `assistant` in the configuration. */
export const turnFinishSchema = z.enum(['done', 'stopped', 'failed', 'interrupted', 'limit'])
export type TurnFinish = z.output<typeof turnFinishSchema>

/** What is known of a message beside its parts. */
export const messageMetadataSchema = z.strictObject({
  created_at: z.iso.datetime(),
  model: z.string().optional().describe('The language model that answered.'),
  finish: turnFinishSchema.optional().describe('Of the assistant alone; not there while it works.'),
  error: errorBodySchema.optional().describe('Why it failed, was interrupted or met a limit.'),
  request_id: z.string().nullable().describe('Names the request in logs and events.'),
})
export type MessageMetadata = z.output<typeof messageMetadataSchema>

/** The result of a tool as the page gets it: whole, not shortened as for the model. */
export const toolOutputSchema = z.discriminatedUnion('ok', [
  z.strictObject({
    ok: z.literal(true),
    result: z.unknown().describe('The output of the capability of this name.'),
  }),
  z.strictObject({ ok: z.literal(false), error: errorBodySchema }),
])
export type ToolOutput = z.output<typeof toolOutputSchema>

/** The data of the parts that are ours: the AI SDK's parts `data-progress`, `data-notice` and so on. */
export const chatDataSchemas = {
  /** Which pictures a call makes, as soon as that is known. The part's id is the id of the call. */
  progress: z.strictObject({
    tool_call_id: z.string(),
    generations: z.array(z.string()).describe('Ids; /api/events tells how far they are.'),
    message: z.string(),
  }),
  notice: z.strictObject({
    level: z.enum(['info', 'warning']),
    code: z.enum([
      'limit_reached',
      'call_refused',
      'words_unknown',
      'context_trimmed',
      'answer_cut',
      'model_failed',
      'pictures_cancelled',
      'pictures_go_on',
      'turn_interrupted',
    ]),
    message: z.string().describe('A sentence for a person.'),
    details: z.record(z.string(), z.unknown()).optional().describe('For `words_unknown` the `words`.'),
  }),
  /** Passing: told in the stream and not kept in the message. */
  title: z.strictObject({ title: z.string() }),
  suggestions: z.strictObject({
    suggestions: z.array(
      z.strictObject({
        label: z.string(),
        say: z.string().nullable().describe('What the person would say; null where `href` leads on.'),
        href: z.string().optional().describe('A page of the interface.'),
      }),
    ),
  }),
} as const
export type ChatData = { [Name in keyof typeof chatDataSchemas]: z.output<(typeof chatDataSchemas)[Name]> }

const textPart = z.looseObject({ type: z.literal('text'), text: z.string() })
const filePart = z.looseObject({
  type: z.literal('file'),
  mediaType: z.string().max(100),
  filename: z.string().max(255).optional(),
  url: z.string().max(500).describe('An address of this product: of an uploaded or a made picture.'),
})

/** A part of a message that is kept, in the shapes of the AI SDK's UI messages. */
export const messagePartSchema = z.discriminatedUnion('type', [
  textPart,
  filePart,
  z.looseObject({ type: z.literal('step-start') }),
  z.looseObject({ type: z.literal('reasoning'), text: z.string() }),
  z.looseObject({
    type: z.literal('dynamic-tool'),
    toolName: z.string(),
    toolCallId: z.string(),
    state: z.string(),
    input: z.unknown().optional(),
    output: z.unknown().optional().describe('A `ToolOutput`, in the state `output-available`.'),
    errorText: z.string().optional(),
  }),
  z.looseObject({ type: z.literal('data-progress'), data: chatDataSchemas.progress }),
  z.looseObject({ type: z.literal('data-notice'), data: chatDataSchemas.notice }),
  z.looseObject({ type: z.literal('data-suggestions'), data: chatDataSchemas.suggestions }),
])
export type MessagePart = z.output<typeof messagePartSchema>

/** A message as the AI SDK's UI messages have it. */
export const chatMessageSchema = z.strictObject({
  id: z.string().min(1).max(100),
  role: z.enum(['user', 'assistant']),
  metadata: messageMetadataSchema,
  parts: z.array(messagePartSchema),
})
export type ChatMessage = z.output<typeof chatMessageSchema>

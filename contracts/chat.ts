import { z } from 'zod'
import { chatMessageSchema, conversationIdSchema } from './entities/conversation.ts'

/*
 * Talking to the assistant. These routes stream, and so are no capabilities:
 *
 *   POST /api/chat                        a message; answers with the turn's stream
 *   GET  /api/chat/:conversation/stream   the running turn's stream from its beginning; 204 where none runs
 *   POST /api/chat/:conversation/stop     ends the running turn: { stopped: boolean }
 *
 * A stream is the AI SDK's UI message stream: server-sent events whose data is one chunk as JSON, `[DONE]` at the end.
 */

/** The most characters a person may say at once. */
export const longestMessage = 20_000

const saidSchema = chatMessageSchema
  .pick({ id: true, role: true, parts: true })
  .extend({ parts: chatMessageSchema.shape.parts.min(1).max(50) })
  // What else a client knows of its message is its own affair; the server fills in the rest.
  .loose()

/** A request for a turn. The server has the history: the newest message travels alone. */
export const chatRequestSchema = z.strictObject({
  id: conversationIdSchema.describe('The conversation; a new one begins where there is none.'),
  message: saidSchema
    .optional()
    .describe(
      'What the person said, or the assistant’s message with their answer to its question. The id of an earlier message of the person says it anew: what followed is superseded.',
    ),
  trigger: z.enum(['submit-message', 'regenerate-message']).default('submit-message'),
  message_id: z
    .string()
    .max(100)
    .optional()
    .describe('To regenerate: the answer to make anew, or the message to answer anew; the last if left out.'),
})
export type ChatRequest = z.output<typeof chatRequestSchema>

export const stopReplySchema = z.strictObject({ stopped: z.boolean().describe('False where no turn ran.') })

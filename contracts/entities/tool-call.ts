import { z } from 'zod'
import { errorCodeSchema } from '../errors.ts'

/** How a call ended. `refused` is a limit or a rule for agents; `failed` is every other error. */
export const toolCallOutcomeSchema = z.enum(['completed', 'failed', 'refused'])
export type ToolCallOutcome = z.output<typeof toolCallOutcomeSchema>

export const toolCallIdSchema = z.int().min(1).describe('Names a call of an agent.')

/** A call an agent made. What it said is not kept, only whether it said the same before. */
export const toolCallSchema = z.strictObject({
  id: toolCallIdSchema,
  time: z.iso.datetime().describe('When it began.'),
  client: z.string().describe('The name the agent gave itself.'),
  client_version: z.string().nullable(),
  tool: z.string(),
  arguments_sha256: z
    .string()
    .length(64)
    .describe('SHA-256 of the arguments as JSON with sorted keys, in hexadecimal digits.'),
  outcome: toolCallOutcomeSchema,
  error_code: errorCodeSchema.nullable(),
  duration_ms: z.int().min(0).describe('How long the agent waited, in milliseconds.'),
  request_id: z.string().nullable(),
})
export type ToolCall = z.output<typeof toolCallSchema>

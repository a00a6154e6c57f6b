import { dynamicTool, jsonSchema, type ToolSet } from 'ai'
import { capabilities, type CapabilityName } from '../../contracts/capabilities/index.ts'
import { toolOutputSchema, type ToolOutput } from '../../contracts/entities/conversation.ts'
import { summarizeResult, type NumberOf } from './summarize-result.ts'
import type { ToolDescription } from './tool-connection.ts'

/** Input that is not the model's business: the turn waits by itself, and asks once. */
const hidden: readonly string[] = ['wait_seconds', 'idempotency_key', 'cursor', 'direction']

const picture = {
  type: 'string',
  description: 'A picture of this conversation: its number, such as "2", or "last" for the newest.',
}
const upload = { type: 'string', description: '"attached" for the picture the person attached.' }

interface ToolParts {
  readonly tools: readonly ToolDescription[]
  /** Carries out a call. */
  readonly run: (tool: string, toolCallId: string, input: unknown) => Promise<ToolOutput>
  readonly numberOf: NumberOf
  /** How much of a result the model is told. */
  readonly resultTokens: number
}

/** The tools of our server as the AI SDK wants them: results are whole for the person and short for the model. */
export function makeTools({ tools, run, numberOf, resultTokens }: ToolParts): ToolSet {
  const made = tools.map(({ name, title, description, inputSchema }) => [
    name,
    dynamicTool({
      title,
      description,
      inputSchema: jsonSchema(forModel(inputSchema)),
      execute: (input, { toolCallId }) => run(name, toolCallId, input),
      toModelOutput: ({ output }) => {
        const read = toolOutputSchema.safeParse(output)
        const value = read.success
          ? summarizeResult(name, read.data, { numberOf, tokens: resultTokens })
          : 'No result.'
        return { type: 'text', value }
      },
    }),
  ])
  return Object.fromEntries(made) as ToolSet
}

/** True where a person has to say yes before the call is made. */
export function needsYes(tool: string): boolean {
  return capabilities[tool as CapabilityName]?.effect === 'destructive'
}

function forModel(schema: ToolDescription['inputSchema']): object {
  const fields = Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    if (hidden.includes(name)) return []
    if (name === 'generation') return [[name, picture] as const]
    return [[name, name === 'init_image' ? upload : field] as const]
  })
  return { ...schema, properties: Object.fromEntries(fields), additionalProperties: false }
}

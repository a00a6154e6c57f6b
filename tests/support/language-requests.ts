import { z } from 'zod'
import { capabilities } from '../../contracts/capabilities/index.ts'
import { toolSchema, type Tool } from '../../workers/language/openai/chat-request.ts'

/** The tools of the assistant in the wire format, as the product offers them to language models. */
export function assistantTools(): Tool[] {
  return Object.values(capabilities)
    .filter(({ surfaces }) => surfaces.some((surface) => surface === 'assistant'))
    .map(({ name, description, input }) =>
      toolSchema.parse({
        type: 'function',
        function: { name, description, parameters: z.toJSONSchema(input, { io: 'input' }) },
      }),
    )
}

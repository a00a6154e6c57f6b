import { z } from 'zod'
import { asData } from '../../../contracts/untrusted.ts'
import type { PromptLibrary } from '../prompts/prompt-library.ts'

const instructions = {
  name: 'assistant',
  variables: ['date', 'memory'],
  settings: z.strictObject({}),
} as const

const title = { name: 'conversation-title', variables: ['said'], settings: z.strictObject({}) } as const

/** What the assistant is told, from the files of prompts as they are at the moment. */
export function createAssistantPrompts(library: PromptLibrary) {
  return {
    instructions: ({ date, memory }: { date: string; memory: string }) =>
      library.get(instructions).render({
        date,
        memory:
          memory === ''
            ? ''
            : `Earlier in this conversation, before what follows:\n${asData(JSON.parse(memory))}`,
      }),
    title: ({ said }: { said: string }) => library.get(title).render({ said: asData({ said }) }),
  }
}

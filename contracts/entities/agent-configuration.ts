import { z } from 'zod'

/** The programs whose configuration we know how to write. */
export const agentProgramSchema = z.enum(['claude-desktop', 'claude-code', 'cursor', 'vscode'])
export type AgentProgram = z.output<typeof agentProgramSchema>

/** What a person has to do once so that a program can use this installation. */
export const agentConfigurationSchema = z.strictObject({
  program: agentProgramSchema,
  title: z.string().describe('The name people know the program by.'),
  instruction: z.string().describe('What to do with the text, in a sentence or two.'),
  text: z.string().describe('What to paste, with the paths of this installation.'),
})
export type AgentConfiguration = z.output<typeof agentConfigurationSchema>

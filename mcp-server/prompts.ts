import type { McpServer } from '@modelcontextprotocol/server'
import { z } from 'zod'
import type { AgentPrompt } from './parts.ts'

const longestArgument = 4000

/** Publishes texts for common tasks. What a person gives goes in as it is: it is theirs to say. */
export function registerPrompts(server: McpServer, prompts: readonly AgentPrompt[]): void {
  for (const { name, title, description, arguments: given, text } of prompts) {
    const fields = given.map((argument) => {
      const schema = z.string().max(longestArgument).describe(argument.description)
      return [argument.name, argument.required ? schema : schema.optional()] as const
    })
    const argsSchema = z.strictObject(Object.fromEntries(fields))
    server.registerPrompt(name, { title, description, argsSchema }, (values) => ({
      messages: [{ role: 'user', content: { type: 'text', text: fill(text, values) } }],
    }))
  }
}

function fill(text: string, values: Readonly<Record<string, string | undefined>>): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '(not given)').trim()
}

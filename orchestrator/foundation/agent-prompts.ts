import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { projectFolder } from './paths.ts'

const headSchema = z.strictObject({
  title: z.string(),
  description: z.string(),
  arguments: z
    .array(
      z.strictObject({
        name: z.string().regex(/^\w+$/),
        description: z.string(),
        required: z.boolean().default(false),
      }),
    )
    .default([]),
})

/** A text for a common task that agents offer to people. */
export type AgentPrompt = z.output<typeof headSchema> & { readonly name: string; readonly text: string }

/** Reads the prompts that come with the product: `prompts/agents/<name>.md`, the head in YAML between two lines of `---`. */
export function readAgentPrompts(folder = join(projectFolder, 'prompts', 'agents')): AgentPrompt[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.md'))
  return files.toSorted().map((file) => readPrompt(join(folder, file)))
}

function readPrompt(path: string): AgentPrompt {
  const [, head, text] = /^---\n([^]*?)\n---\n([^]*)$/.exec(readFileSync(path, 'utf8')) ?? []
  if (head === undefined || text === undefined) throw new Error(`${path} does not begin with a head.`)
  return { name: basename(path, '.md'), ...headSchema.parse(parse(head)), text }
}

import type { Tool } from '../openai/chat-request.ts'

/** What kind of value an argument has: words of the person, a number from 1 to 4, a shape, a picture's number. */
export type ArgumentKind = 'span' | 'count' | 'aspect' | 'digits'

/** The tools the built-in model was taught, with their arguments in the order in which it writes them. */
const taught = {
  generate: {
    prompt: 'span',
    negative_prompt: 'span',
    style: 'span',
    aspect: 'aspect',
    count: 'count',
    generation: 'digits',
  },
  get_styles: { query: 'span' },
  apply_style: { style_name: 'span', generation: 'digits' },
  enhance_prompt: { user_input: 'span' },
  search_history: { query: 'span' },
  analyze_image: { generation: 'digits', question: 'span' },
} as const satisfies Record<string, Record<string, ArgumentKind>>

export type ToolName = keyof typeof taught

/** What the model can do next: call one of its tools, or say something. */
export const choices = [...(Object.keys(taught) as ToolName[]), 'reply'] as const
export type Choice = (typeof choices)[number]

/** A tool the model knows and the caller offers, with the arguments both have. */
export interface KnownTool {
  readonly name: ToolName
  readonly arguments: readonly { readonly name: string; readonly kind: ArgumentKind }[]
  /** Every argument the caller's schema has, also those the model was not taught. */
  readonly accepts: ReadonlySet<string>
  readonly required: ReadonlySet<string>
}

/** The tools of a request that the model was taught; it knows of no others, and never calls one. */
export function findKnownTools(tools: readonly Tool[]): KnownTool[] {
  return tools.flatMap(({ function: tool }) => {
    if (!isToolName(tool.name)) return []
    const accepts = new Set(Object.keys(asRecord(tool.parameters?.['properties'])))
    const listed = tool.parameters?.['required']
    return {
      name: tool.name,
      arguments: Object.entries(taught[tool.name])
        .map(([name, kind]) => ({ name, kind }))
        .filter(({ name }) => accepts.has(name)),
      accepts,
      required: new Set(Array.isArray(listed) ? listed.map(String) : []),
    }
  })
}

function isToolName(name: string): name is ToolName {
  return Object.hasOwn(taught, name)
}

function asRecord(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {}
}

import { z } from 'zod'

const choices = [
  'generate',
  'get_styles',
  'apply_style',
  'enhance_prompt',
  'search_history',
  'analyze_image',
  'reply',
] as const

const caseSchema = z.strictObject({
  say: z.string().min(1),
  tool: z.enum(choices).describe('`reply` means that no tool is called.'),
  context: z
    .enum(['none', 'after_image', 'after_results', 'after_styles', 'after_error'])
    .default('none')
    .describe('The turn before: a picture just made, the results of a search, a list of styles, an error.'),
  contains: z
    .record(z.string(), z.array(z.string()))
    .default({})
    .describe('Words that must stand in an argument, in any case.'),
  exactly: z
    .record(z.string(), z.string())
    .optional()
    .describe('Every text among the arguments, but for case, an article before and signs around it.'),
})

/** Something a person says, and what is to be done about it. */
export type Case = z.output<typeof caseSchema>

/** What was decided in a case. */
export interface Decision {
  readonly asked: Case
  readonly tool: string
  readonly arguments: Readonly<Record<string, unknown>>
  readonly milliseconds: number
}

/** A decision, and whether it was right. */
export interface Judged extends Decision {
  readonly rightTool: boolean
  readonly rightArguments: boolean
}

/** @throws ZodError, SyntaxError where the file is not a list of cases */
export function readCases(text: string): Case[] {
  return z.array(caseSchema).min(1).parse(JSON.parse(text))
}

/** Arguments are right where the tool is, and every word that must stand in one does. */
export function judge(decision: Decision): Judged {
  const { asked, tool, arguments: given } = decision
  const rightTool = tool === asked.tool
  const holds = ([name, words]: [string, string[]]) => {
    const value = JSON.stringify(given[name] ?? '').toLowerCase()
    return words.every((word) => value.includes(word.toLowerCase()))
  }
  const right = Object.entries(asked.contains).every(holds) && isExact(asked, given)
  return { ...decision, rightTool, rightArguments: rightTool && right }
}

/** Arguments that hold words of the person; the others depend on what the product's tools accept. */
const texts = ['prompt', 'negative_prompt', 'style', 'query', 'style_name', 'user_input', 'question']

function isExact({ exactly }: Case, given: Readonly<Record<string, unknown>>): boolean {
  if (exactly === undefined) return true
  return texts.every((name) => normalise(exactly[name]) === normalise(given[name]))
}

function normalise(value: unknown): string {
  const text = typeof value === 'string' ? value.toLowerCase().replace(/\s+/g, ' ') : ''
  return text.replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, '').replace(/^(?:a|an|the|my|some) /, '')
}

import { z } from 'zod'
import {
  promptPlace,
  promptTemplateSchema,
  styleNameSchema,
  styleParametersSchema,
  styleTextLimit,
} from '../../../../contracts/entities/style.ts'
import type { StyleContent } from '../../../storage/style-row.ts'
import { addsNothing, completeTemplate } from '../style-content.ts'

/** A row of a file that is no style, and why. Rows count from 1. */
export interface RowError {
  readonly row: number
  readonly name: string | null
  readonly message: string
}

/** A row that could not even be taken apart. */
export class BrokenRow {
  readonly name: string
  readonly message: string

  constructor(name: string, message: string) {
    this.name = name
    this.message = message
  }
}

/** What a file of styles holds. */
export interface FoundStyles {
  readonly format: 'mysticanvas' | 'list' | 'csv'
  readonly styles: readonly StyleContent[]
  readonly errors: readonly RowError[]
}

/** A style as a file gives it. Fields of other tools that are not known here are left out. */
const givenSchema = z.object({
  name: styleNameSchema,
  description: z.string().max(500).default(''),
  category: z.string().max(40).default(''),
  prompt_template: promptTemplateSchema.default(promptPlace),
  negative_prompt: z.string().max(styleTextLimit, `At most ${styleTextLimit} characters.`).default(''),
  parameters: styleParametersSchema.default({}),
})

/**
 * Reads the rows of a file, each for itself.
 *
 * @param rows whatever the file has for each style, under the names of our fields
 */
export function readRows(rows: readonly unknown[]): Pick<FoundStyles, 'styles' | 'errors'> {
  const styles: StyleContent[] = []
  const errors: RowError[] = []
  for (const [index, given] of rows.entries()) {
    if (given instanceof BrokenRow) {
      errors.push({ row: index + 1, name: nameOf(given), message: given.message })
      continue
    }
    const read = givenSchema.safeParse(given)
    const style = read.success
      ? {
          ...read.data,
          prompt_template: completeTemplate(read.data.prompt_template),
          negative_prompt: read.data.negative_prompt.trim(),
        }
      : null
    if (style !== null && !addsNothing(style)) styles.push(style)
    else errors.push({ row: index + 1, name: nameOf(given), message: whatIsWrong(read.error) })
  }
  return { styles, errors }
}

function whatIsWrong(error: z.ZodError | undefined): string {
  const issue = error?.issues[0]
  if (issue === undefined) return 'It adds nothing to a prompt.'
  const field = issue.path.join('.')
  return field === '' ? issue.message : `${field}: ${issue.message}`
}

function nameOf(given: unknown): string | null {
  const name = typeof given === 'object' && given !== null && 'name' in given ? given.name : null
  return typeof name === 'string' && name.trim() !== '' ? name.slice(0, 100) : null
}

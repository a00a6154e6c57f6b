import { z } from 'zod'
import { styleFileRows } from '../../../../contracts/capabilities/style-files.ts'
import { ProductError } from '../../../../contracts/errors.ts'
import { readRows, type FoundStyles } from './found-style.ts'
import { readTable } from './read-table.ts'

/** What our own files say they are. */
export const ownFormat = 'mysticanvas-styles'

const ownSchema = z.object({
  format: z.literal(ownFormat),
  version: z.literal(1),
  styles: z.array(z.unknown()),
})
const listSchema = z.array(z.unknown())

const listedSchema = z
  .object({ name: z.unknown(), prompt: z.unknown(), negative_prompt: z.unknown() })
  .partial()

/**
 * Reads a file of styles, whichever of the known kinds it is. A row that is no style is left out and told.
 *
 * @throws ProductError `style_file_unreadable` where the file as a whole is of no known kind, or holds too many
 */
export function readStyleFile(text: string): FoundStyles {
  const start = text.replace(/^\uFEFF/, '').trimStart()
  if (start === '') throw unreadable('The file is empty.')
  return start.startsWith('[') || start.startsWith('{') ? readJson(start) : readCsv(text)
}

function readJson(text: string): FoundStyles {
  const content = parseJson(text)
  const own = ownSchema.safeParse(content)
  if (own.success) return { format: 'mysticanvas', ...readRows(requireFew(own.data.styles)) }
  const list = listSchema.safeParse(content)
  if (!list.success) throw unreadable('The file is JSON, but no list of styles.')
  return { format: 'list', ...readRows(requireFew(list.data).map(fromListed)) }
}

/** A style of the lists that SDXL Prompt Styler and Fooocus read: `prompt` with {prompt} in it, and `negative_prompt`. */
function fromListed(row: unknown): unknown {
  const listed = listedSchema.safeParse(row)
  if (!listed.success) return row
  const { name, prompt, negative_prompt } = listed.data
  return { name, prompt_template: prompt ?? undefined, negative_prompt: negative_prompt ?? undefined }
}

function readCsv(text: string): FoundStyles {
  return { format: 'csv', ...readRows(requireFew(readTable(text, styleFileRows))) }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new ProductError('style_file_unreadable', 'The file begins like JSON, but is none.', { cause })
  }
}

function requireFew(rows: readonly unknown[]): readonly unknown[] {
  if (rows.length > styleFileRows)
    throw unreadable(`The file holds more than ${styleFileRows} styles, which is too many at once.`)
  return rows
}

function unreadable(summary: string): ProductError {
  return new ProductError('style_file_unreadable', summary)
}

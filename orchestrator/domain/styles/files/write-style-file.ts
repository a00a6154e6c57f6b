import type { StyleContent } from '../../../storage/style-row.ts'
import { ownFormat } from './read-style-file.ts'

/** Styles as our own file, with everything that belongs to them. */
export function toStyleJson(styles: readonly StyleContent[]): string {
  const rows = styles.map(
    ({ name, description, category, prompt_template, negative_prompt, parameters }) => ({
      name,
      description,
      category,
      prompt_template,
      negative_prompt,
      parameters,
    }),
  )
  return `${JSON.stringify({ format: ownFormat, version: 1, styles: rows }, null, 2)}\n`
}

/**
 * Styles as the styles.csv of AUTOMATIC1111's web UI (RFC 4180, with the byte order mark that it writes).
 *
 * A spreadsheet takes a cell for a formula that begins with =, +, - or @, so an apostrophe is put before it. Importing takes
 * it off again; other tools show it, which is the smaller evil.
 */
export function toStyleCsv(styles: readonly StyleContent[]): string {
  const rows = styles.map((style) => [style.name, style.prompt_template, style.negative_prompt])
  const lines = [['name', 'prompt', 'negative_prompt'], ...rows].map((cells) => cells.map(toCell).join(','))
  return `\uFEFF${lines.join('\r\n')}\r\n`
}

function toCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

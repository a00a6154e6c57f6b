import { parse } from 'csv-parse/sync'
import { ProductError } from '../../../../contracts/errors.ts'
import { BrokenRow } from './found-style.ts'

/** The columns of AUTOMATIC1111's styles.csv, under our names; `text` is what `prompt` was called in its first versions. */
const fieldOfColumn: Readonly<Record<string, string>> = {
  name: 'name',
  prompt: 'prompt_template',
  text: 'prompt_template',
  negative_prompt: 'negative_prompt',
}

/**
 * Reads a styles.csv: comma-separated, with quotes around texts that hold commas, quotes or line breaks.
 *
 * @param limit rows to read at most; one more is read, so that a longer file can be told
 * @throws ProductError `style_file_unreadable` where the first line does not name the columns
 */
export function readTable(text: string, limit: number): (Record<string, string> | BrokenRow)[] {
  const [header = [], ...records] = parseRecords(text, limit + 2)
  const fields = header.map((column) => fieldOfColumn[column.trim().toLowerCase()] ?? null)
  if (!fields.includes('name') || !fields.includes('prompt_template')) {
    throw new ProductError('style_file_unreadable', 'The first line of the table names no columns of styles.')
  }
  return records.map((record) => {
    // A comma outside of quotes would cut a text in two.
    if (record.slice(header.length).some((cell) => cell.trim() !== ''))
      return new BrokenRow(record[0] ?? '', 'It has more cells than the first line.')
    const cells = fields.flatMap((field, column) =>
      field === null ? [] : [[field, fromCell(record[column] ?? '')] as const],
    )
    return Object.fromEntries(cells.filter(([, cell]) => cell !== ''))
  })
}

function parseRecords(text: string, most: number): string[][] {
  try {
    return parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true, to: most })
  } catch (cause) {
    const line = (cause as { lines?: number }).lines
    const where = line === undefined ? '' : ` at line ${line}`
    throw new ProductError('style_file_unreadable', `The table cannot be read${where}.`, { cause })
  }
}

/** A cell's text; the apostrophe that keeps a spreadsheet from calculating with it is no part of it. */
function fromCell(cell: string): string {
  return cell.replace(/^'(?=[=+\-@\t\r])/, '').replaceAll('\r\n', '\n')
}

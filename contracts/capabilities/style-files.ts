import { z } from 'zod'
import { defineCapability } from '../capability.ts'

/** The largest file of styles, in characters. */
export const styleFileLimit = 2 * 1024 * 1024

/** The most styles one file may hold. */
export const styleFileRows = 2000

export const importStyles = defineCapability({
  name: 'import_styles',
  title: 'Import styles',
  description: 'Adds the styles of a file: our JSON, a JSON list as for SDXL and Fooocus, or a styles.csv.',
  input: z.strictObject({
    text: z
      .string()
      .max(styleFileLimit, 'At most 2 MiB of text.')
      .describe('What is in the file; its kind is told by its content.'),
    category: z.string().max(40).default('').describe('For those that come without one.'),
    duplicates: z
      .enum(['skip', 'rename'])
      .default('skip')
      .describe('What becomes of a style whose name is taken.'),
  }),
  output: z.strictObject({
    format: z.enum(['mysticanvas', 'list', 'csv']),
    added: z.array(z.string()).describe('Names of those that were added.'),
    skipped: z.array(z.string()).describe('Names that were taken.'),
    errors: z
      .array(z.strictObject({ row: z.int().min(1), name: z.string().nullable(), message: z.string() }))
      .describe('Those that were left out, by their place in the file, and why.'),
  }),
  errors: ['style_file_unreadable', 'too_many_styles'],
  effect: 'write',
  surfaces: ['rest'],
  route: { method: 'POST', path: '/api/styles/import' },
})

export const exportStyles = defineCapability({
  name: 'export_styles',
  title: 'Export styles',
  description: 'Gives styles as the text of a file.',
  input: z.strictObject({
    format: z
      .enum(['json', 'csv'])
      .default('json')
      .describe(
        '`json` keeps everything; `csv` is the styles.csv of other tools, with names and texts alone.',
      ),
    include: z.enum(['own', 'all']).default('own').describe('Your own, or the built-in ones as well.'),
  }),
  output: z.strictObject({
    file_name: z.string(),
    media_type: z.string(),
    count: z.int().min(0),
    text: z.string(),
  }),
  errors: [],
  effect: 'read',
  surfaces: ['rest'],
  route: { method: 'GET', path: '/api/styles/export' },
})

import { z } from 'zod'
import { defineCapability } from '../capability.ts'
import { importIdSchema, importProblemSchema, importSchema } from '../entities/import.ts'

const importInput = z.strictObject({ import: importIdSchema })

export const openImport = defineCapability({
  name: 'open_import',
  title: 'Begin to upload pictures',
  description:
    'Begins an import of files. Send each one to PUT /api/imports/{import}/files?name=, then call start_import.',
  input: z.strictObject({}),
  output: importSchema,
  errors: ['disk_full'],
  effect: 'write',
  surfaces: ['rest'],
  route: { method: 'POST', path: '/api/imports/uploads' },
})

export const startImport = defineCapability({
  name: 'start_import',
  title: 'Import pictures',
  description:
    'Takes pictures into the gallery, with the recipes they carry: those of a folder, or uploaded ones. Answers at once.',
  input: z
    .strictObject({
      folder: z
        .string()
        .min(1)
        .max(4096)
        .optional()
        .describe('A folder on the machine MystiCanvas runs on, as an absolute path.'),
      import: importIdSchema.optional().describe('An import that open_import began.'),
    })
    .refine(({ folder, import: id }) => (folder === undefined) !== (id === undefined), {
      message: 'Name either a folder or an import.',
      path: ['folder'],
    }),
  output: importSchema,
  errors: ['import_folder_unusable', 'import_not_found', 'import_not_receiving', 'import_empty', 'disk_full'],
  effect: 'write',
  surfaces: ['rest'],
  route: { method: 'POST', path: '/api/imports' },
})

export const getImport = defineCapability({
  name: 'get_import',
  title: 'Look at an import',
  description: 'Tells how far an import is and what came of it.',
  input: importInput,
  output: importSchema,
  errors: ['import_not_found'],
  effect: 'read',
  surfaces: ['rest'],
  route: { method: 'GET', path: '/api/imports/:import' },
})

export const listImports = defineCapability({
  name: 'list_imports',
  title: 'List imports',
  description: 'Lists imports, newest first.',
  input: z.strictObject({ limit: z.int().min(1).max(100).default(20) }),
  output: z.strictObject({ imports: z.array(importSchema) }),
  errors: [],
  effect: 'read',
  surfaces: ['rest'],
  route: { method: 'GET', path: '/api/imports' },
})

export const listImportProblems = defineCapability({
  name: 'list_import_problems',
  title: 'See what was not imported',
  description:
    'Lists the files of an import that had a problem, in the order they were met; the first 10000 are kept.',
  input: z.strictObject({
    import: importIdSchema,
    cursor: z.int().min(0).default(0).describe('Continue after the page that gave this cursor.'),
    limit: z.int().min(1).max(1000).default(100),
  }),
  output: z.strictObject({
    problems: z.array(importProblemSchema),
    next_cursor: z.int().nullable().describe('Give this as `cursor` for the next page; null at the end.'),
  }),
  errors: ['import_not_found'],
  effect: 'read',
  surfaces: ['rest'],
  route: { method: 'GET', path: '/api/imports/:import/problems' },
})

export const cancelImport = defineCapability({
  name: 'cancel_import',
  title: 'Stop an import',
  description: 'Stops an import; what it has taken in stays. Answers once it has really stopped.',
  input: importInput,
  output: importSchema,
  errors: ['import_not_found', 'import_not_cancellable'],
  effect: 'write',
  surfaces: ['rest'],
  route: { method: 'POST', path: '/api/imports/:import/cancel' },
})

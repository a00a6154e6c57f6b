import { agentErrors } from './error-table/agents.ts'
import { assistantErrors, turnErrors } from './error-table/assistant.ts'
import { backupErrors } from './error-table/backups.ts'
import { galleryErrors } from './error-table/gallery.ts'
import { languageErrors } from './error-table/language.ts'
import { pictureErrors } from './error-table/pictures.ts'
import { presetErrors } from './error-table/presets.ts'
import { requestErrors } from './error-table/requests.ts'
import { startErrors } from './error-table/start.ts'
import { styleErrors } from './error-table/styles.ts'
import { transferErrors } from './error-table/transfer.ts'
import { workErrors } from './error-table/work.ts'
import type { ErrorMeaning } from './error-table/meaning.ts'

/**
 * The one table of errors. Every failure that leaves a process of this product carries a code from here,
 * whether it travels by HTTP, by an event, in a database row or on a terminal.
 */
export const errorTable = {
  ...requestErrors,
  ...pictureErrors,
  ...presetErrors,
  ...workErrors,
  ...languageErrors,
  ...galleryErrors,
  ...styleErrors,
  ...transferErrors,
  ...startErrors,
  ...agentErrors,
  ...assistantErrors,
  ...turnErrors,
  ...backupErrors,
} as const satisfies Record<string, ErrorMeaning>

/** A code from the table of errors. */
export type ErrorCode = keyof typeof errorTable

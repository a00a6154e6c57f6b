import type { ImportView } from '../../../contracts/entities/import.ts'
import type { ImportRow } from '../../storage/imports.ts'

/** Shows an import as the contract describes it. */
export function toImportView(row: ImportRow): ImportView {
  const { job_id: job, request_id: _, created_at, finished_at, ...rest } = row
  return {
    ...rest,
    job,
    looked_at: row.imported + row.duplicates + row.skipped + row.failed,
    created_at: new Date(created_at).toISOString(),
    finished_at: finished_at === null ? null : new Date(finished_at).toISOString(),
  }
}

/** What an import has come to, as a sentence for a person. */
export function describeImport({ state, imported, duplicates, failed, error }: ImportRow): string {
  const counts = `${imported} imported, ${duplicates} there already, ${failed} with a problem`
  switch (state) {
    case 'receiving':
      return 'Files for an import are being uploaded.'
    case 'queued':
      return error === null ? 'An import waits.' : `The import waits: ${error.message}`
    case 'running':
      return `Pictures are being imported: ${counts}.`
    case 'completed':
      return `The import is finished: ${counts}.`
    case 'cancelled':
      return `The import was stopped: ${counts}.`
    case 'failed':
      return `The import failed: ${error?.message ?? counts}`
  }
}

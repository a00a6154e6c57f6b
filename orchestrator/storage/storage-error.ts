import { ProductError, type ErrorCode } from '../../contracts/errors.ts'

/** What the codes of the operating system and of SQLite mean to a person. */
const meanings: Readonly<Record<string, ErrorCode>> = {
  ENOSPC: 'disk_full',
  EDQUOT: 'disk_full',
  SQLITE_FULL: 'disk_full',
  EROFS: 'data_folder_read_only',
  EACCES: 'data_folder_read_only',
  EPERM: 'data_folder_read_only',
  SQLITE_READONLY: 'data_folder_read_only',
  SQLITE_CANTOPEN: 'data_folder_read_only',
  SQLITE_PERM: 'data_folder_read_only',
  SQLITE_CORRUPT: 'database_damaged',
  SQLITE_NOTADB: 'database_damaged',
}

/**
 * Turns a failure of the disk or the database into one a person can act on:
 * `disk_full`, `data_folder_read_only` or `database_damaged`. Anything else is given back as it was thrown.
 */
export function storageErrorFrom(error: unknown): unknown {
  const code = codeOf(error)
  const meaning = code === null ? undefined : (meanings[code] ?? meanings[primaryCode(code)])
  if (meaning === undefined) return error
  return new ProductError(meaning, undefined, { details: { reason: code }, cause: error })
}

/** True for an error that carries this code, be it of the operating system or of SQLite. */
export function hasCode(error: unknown, code: string): boolean {
  return codeOf(error) === code
}

/** SQLite refines its codes with a suffix, as in SQLITE_READONLY_DIRECTORY. */
function primaryCode(code: string): string {
  return code.split('_').slice(0, 2).join('_')
}

function codeOf(error: unknown): string | null {
  if (error instanceof ProductError || !(error instanceof Error) || !('code' in error)) return null
  return typeof error.code === 'string' ? error.code : null
}

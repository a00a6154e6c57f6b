import { existsSync, statSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { ProductError } from '../../contracts/errors.ts'
import { findDamage } from './damage.ts'
import { findSurfaceDamage } from './surface-check.ts'

/** `full` reads the whole file; `surface` takes the same time for any size and finds less, see surface-check.ts. */
export type Thoroughness = 'full' | 'surface'

/**
 * Looks at a database without changing it, and refuses one that is damaged or newer than this program.
 * One that is to be migrated is always looked at in full: a migration may rewrite everything.
 *
 * @param knownVersion the newest version of the database this program knows
 * @throws ProductError `database_damaged` or `database_newer`; the file and its folder are left as they were
 * @throws an error of SQLite for a file that is no database, or too damaged to be looked at
 */
export function inspectDatabaseFile(
  path: string,
  knownVersion: number,
  thoroughness: Thoroughness = 'full',
): void {
  // To SQLite an empty file is a new database. Ours are never empty, so this one has lost its content.
  if (statSync(path).size === 0) throw damaged(['The file is empty.'])
  const hadLog = existsSync(`${path}-wal`)
  // An interrupted change has to be rolled back before anything can be read, which a reader may not do.
  const interrupted = existsSync(`${path}-journal`)
  try {
    withConnection(path, !interrupted, (handle) => {
      refuseUnusable(handle, knownVersion, thoroughness)
    })
  } catch (error) {
    if (!hadLog && existsSync(`${path}-wal`)) removeEmptyLog(path)
    throw error
  }
}

function refuseUnusable(handle: Sqlite.Database, knownVersion: number, thoroughness: Thoroughness): void {
  const version = Number(handle.pragma('user_version', { simple: true }))
  if (version > knownVersion) {
    throw new ProductError('database_newer', undefined, { details: { found: version, known: knownVersion } })
  }
  const full = thoroughness === 'full' || version < knownVersion
  const problems = full ? findDamage(handle) : findSurfaceDamage(handle)
  if (problems.length > 0) throw damaged(problems)
}

/**
 * A reader leaves an empty write-ahead log behind. The last writer to close removes it, in agreement with whoever else
 * may have the file open; deleting it by hand would not be.
 */
function removeEmptyLog(path: string): void {
  try {
    withConnection(path, false, (handle) => handle.pragma('user_version'))
  } catch {
    // The refusal that is under way says what is wrong; a left-over log is harmless.
  }
}

function withConnection(path: string, readonly: boolean, work: (handle: Sqlite.Database) => void): void {
  const handle = new Sqlite(path, { readonly, fileMustExist: true })
  try {
    work(handle)
  } finally {
    handle.close()
  }
}

function damaged(problems: string[]): ProductError {
  return new ProductError('database_damaged', undefined, { details: { problems } })
}

import { statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type Sqlite from 'better-sqlite3'
import { ProductError } from '../../contracts/errors.ts'
import { backupDatabase, migrationBackupName, pruneMigrationBackups } from './backup.ts'
import { handleOf, type WritableDatabase } from './connection.ts'
import { requireFreeBytes } from './free-space.ts'
import { newestVersion, readMigrations, type Migration } from './migration-files.ts'
import { checkLedger, createLedger, recordMigration } from './migration-ledger.ts'
import { storageErrorFrom } from './storage-error.ts'

/** Backups made before migrations that are kept. */
const keptBackups = 3

/** Space a migration needs beyond that for copies of the database, in bytes. */
const spareBytes = 16 * 1024 * 1024

/** What migrating needs to know. */
export interface MigrateOptions {
  /** Where backups go; made where it is missing. */
  readonly backupFolder: string
  /** The time, in milliseconds since 1970. */
  readonly now: number
  /** The steps, where they are not the product's own. */
  readonly migrations?: readonly Migration[]
  /** Tells the free space of a folder's disk in bytes, where it is not the disk itself that is asked. */
  readonly freeBytes?: (folder: string) => number
}

/** What migrating did. */
export interface MigrationReport {
  readonly from: number
  readonly to: number
  /** The backup that was made first; null where there was nothing to do or nothing to save. */
  readonly backup: string | null
}

/**
 * Brings the database to the newest version, one transaction a step, with a verified backup before the first of them.
 * A step that fails, or is interrupted, leaves no trace; the next start goes on with it.
 *
 * @throws ProductError `migration_failed` (a step failed, or an applied one was changed afterwards), `disk_full`
 */
export function migrate(database: WritableDatabase, options: MigrateOptions): MigrationReport {
  const { backupFolder, now, migrations = readMigrations(), freeBytes } = options
  const handle = handleOf(database)
  const from = versionOf(handle)
  checkLedger(handle, from, migrations)
  const pending = migrations.slice(from)
  const first = pending[0]
  if (first === undefined) return { from, to: from, backup: null }

  requireSpace(handle, freeBytes)
  const backup = from === 0 ? null : join(backupFolder, migrationBackupName(first.version, now))
  if (backup !== null) {
    backupDatabase(database, backup)
    pruneMigrationBackups(backupFolder, keptBackups)
  }
  withoutForeignKeys(handle, () => {
    for (const migration of pending) apply(handle, migration, now)
  })
  return { from, to: newestVersion(migrations), backup }
}

function apply(handle: Sqlite.Database, migration: Migration, now: number): void {
  try {
    handle
      .transaction(() => {
        createLedger(handle)
        handle.exec(migration.sql)
        if (!handle.inTransaction) throw new Error('The migration ended its transaction itself.')
        refuseDanglingReferences(handle)
        recordMigration(handle, migration, now)
        handle.pragma(`user_version = ${migration.version}`)
      })
      .immediate()
  } catch (error) {
    const known = storageErrorFrom(error)
    if (known instanceof ProductError) throw known
    throw failed(`Migration ${migration.name} failed.`, { migration: migration.name }, error)
  }
}

function refuseDanglingReferences(handle: Sqlite.Database): void {
  const violations = handle.pragma('foreign_key_check') as unknown[]
  if (violations.length > 0) throw new Error(`${violations.length} rows refer to rows that are not there.`)
}

/** Rebuilding a table drops the old one, which must not take along the rows that refer to it. */
function withoutForeignKeys(handle: Sqlite.Database, work: () => void): void {
  handle.pragma('foreign_keys = OFF')
  try {
    work()
  } finally {
    handle.pragma('foreign_keys = ON')
  }
}

function requireSpace(handle: Sqlite.Database, freeBytes?: (folder: string) => number): void {
  // One copy for the backup and one for the write-ahead log, should a step rewrite everything.
  const needed = 2 * statSync(handle.name).size + spareBytes
  requireFreeBytes(dirname(handle.name), needed, 'Updating the database', freeBytes)
}

function versionOf(handle: Sqlite.Database): number {
  return Number(handle.pragma('user_version', { simple: true }))
}

function failed(summary: string, details: Record<string, unknown>, cause: unknown): ProductError {
  return new ProductError('migration_failed', summary, { details, cause })
}

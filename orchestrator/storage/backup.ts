import { readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { ProductError } from '../../contracts/errors.ts'
import { handleOf, type ReadableDatabase } from './connection.ts'
import { makeFolder, syncFile, syncFolder } from './folders.ts'
import { storageErrorFrom } from './storage-error.ts'

/**
 * Writes a verified copy of the database as it is now. The copy gets its name only once it is complete, checked and on
 * the disk.
 *
 * @param target where to; a file of this name is replaced
 * @throws ProductError `disk_full`, `data_folder_read_only`, or `database_damaged` where the copy is not sound
 */
export function backupDatabase(database: ReadableDatabase, target: string): void {
  const unfinished = `${target}.partial`
  try {
    makeFolder(dirname(target))
    removeUnfinished(unfinished)
    handleOf(database).prepare('VACUUM INTO ?').run(unfinished)
    verify(unfinished)
    syncFile(unfinished)
    renameSync(unfinished, target)
    syncFolder(dirname(target))
  } catch (error) {
    removeUnfinished(unfinished)
    throw storageErrorFrom(error)
  }
}

/** Backups that were made before a migration. Their names sort by version and then by time. */
const migrationBackup = /^before-\d{4}-\d{8}T\d{9}Z\.sqlite$/

/** What an interrupted one leaves behind: half a copy, and the journal SQLite kept for it. */
const unfinishedMigrationBackup = /^before-\d{4}-\d{8}T\d{9}Z\.sqlite\.partial(-journal)?$/

/** The name of a backup made before the migration to a version. */
export function migrationBackupName(version: number, now: number): string {
  const time = new Date(now).toISOString().replaceAll(/[-:.]/g, '')
  return `before-${String(version).padStart(4, '0')}-${time}.sqlite`
}

/** Removes all but the newest backups made before migrations, and what an interrupted one left behind. */
export function pruneMigrationBackups(folder: string, keep: number): void {
  const names = readdirSync(folder)
  const backups = names.filter((name) => migrationBackup.test(name)).toSorted()
  const leftovers = names.filter((name) => unfinishedMigrationBackup.test(name))
  for (const name of [...leftovers, ...backups.slice(0, -keep)]) rmSync(join(folder, name), { force: true })
}

function removeUnfinished(unfinished: string): void {
  for (const path of [unfinished, `${unfinished}-journal`]) rmSync(path, { force: true })
}

function verify(path: string): void {
  const handle = new Sqlite(path, { readonly: true })
  try {
    const findings = handle.pragma('integrity_check(10)') as { integrity_check: string }[]
    const problems = findings.map((finding) => finding.integrity_check).filter((finding) => finding !== 'ok')
    if (problems.length > 0) throw new ProductError('database_damaged', undefined, { details: { problems } })
  } finally {
    handle.close()
  }
}

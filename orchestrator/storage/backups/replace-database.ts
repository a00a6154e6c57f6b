import { copyFileSync, existsSync, linkSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { closeDatabase, openDatabase } from '../database.ts'
import { makeFolder, syncFile, syncFolder } from '../folders.ts'
import { storageErrorFrom } from '../storage-error.ts'

/**
 * Puts another database in the place of the present one, which is kept. At every moment there is a database at the
 * place, so that no start can take it for a new data folder. Only the owner of the data folder may call it.
 *
 * @param staged the new one, verified; without a log, and in the same folder
 * @param kept where the present one goes, with its log where it has one that cannot be folded into it
 * @returns whether there was one to keep
 * @throws ProductError `disk_full` or `data_folder_read_only`
 */
export function replaceDatabase(database: string, staged: string, kept: string): boolean {
  try {
    const present = existsSync(database)
    if (present) keep(database, kept)
    renameSync(staged, database)
    syncFolder(dirname(database))
    return present
  } catch (error) {
    throw storageErrorFrom(error)
  }
}

function keep(database: string, kept: string): void {
  foldLog(database)
  makeFolder(dirname(kept))
  linkOrCopy(database, kept)
  // A log that stays here would be taken for that of the new database.
  if (existsSync(`${database}-wal`)) {
    linkOrCopy(`${database}-wal`, `${kept}-wal`)
    rmSync(`${database}-wal`)
  }
  rmSync(`${database}-shm`, { force: true })
  syncFolder(dirname(kept))
}

/** Closing a sound database folds its log into it. A damaged one is not touched. */
function foldLog(database: string): void {
  try {
    closeDatabase(openDatabase(database, { knownVersion: Number.MAX_SAFE_INTEGER }))
  } catch {
    // Then it is kept together with its log.
  }
}

/** Not every disk knows links; a copy takes longer and comes to the same. */
function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to)
  } catch {
    copyFileSync(from, to)
    syncFile(to)
  }
}

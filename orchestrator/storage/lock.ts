import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { ProductError } from '../../contracts/errors.ts'
import { makeFolder } from './folders.ts'
import { hasCode, storageErrorFrom } from './storage-error.ts'

/**
 * Makes this process the only owner of a data folder. The lock is one of the operating system, held by SQLite on
 * `run/lock.sqlite`: it ends with the process, however that ends, so that none is ever left behind.
 * Nothing else in this process may open that file: closing it would drop the lock.
 *
 * @returns gives the folder free
 * @throws ProductError `data_folder_in_use` where another process, or this one, owns it; `data_folder_read_only`
 */
export function lockDataFolder(dataFolder: string): () => void {
  let handle: Sqlite.Database | null = null
  try {
    makeFolder(join(dataFolder, 'run'))
    handle = new Sqlite(join(dataFolder, 'run', 'lock.sqlite'), { timeout: 0 })
    handle.pragma('locking_mode = EXCLUSIVE')
    // Nothing is ever kept here, so there is nothing a journal could save.
    handle.pragma('journal_mode = MEMORY')
    handle.exec('BEGIN EXCLUSIVE')
    // Where the file cannot be written there is no lock either, and only an attempt to write tells.
    handle.pragma('user_version = 1')
  } catch (error) {
    handle?.close()
    throw hasCode(error, 'SQLITE_BUSY') ? new ProductError('data_folder_in_use') : storageErrorFrom(error)
  }
  const held = handle
  return () => {
    held.close()
  }
}

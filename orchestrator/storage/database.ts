import { existsSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import Sqlite from 'better-sqlite3'
import {
  asReadable,
  asWritable,
  handleOf,
  type ReadableDatabase,
  type WritableDatabase,
} from './connection.ts'
import { makeFolder, syncFolder } from './folders.ts'
import { inspectDatabaseFile, type Thoroughness } from './inspect-database.ts'
import { newestVersion, readMigrations } from './migration-files.ts'
import { storageErrorFrom } from './storage-error.ts'

/** How long a statement waits for another connection, in milliseconds. */
const busyTimeout = 5000

/** How much of the file a connection for reading keeps at most, in KiB: the lists of frequent words are read again and again. */
const readerCache = 32 * 1024

/** What opening can be told. */
export interface OpenOptions {
  /** Opens for reading only; the file must be there. */
  readonly readonly?: boolean
  /** The newest version this program knows, where it is not that of its own migrations. */
  readonly knownVersion?: number
  /** How closely the file is looked at before it is used; in full unless told otherwise. */
  readonly check?: Thoroughness
}

/**
 * Opens the database, and makes an empty one where there is no file; `migrate` has to follow.
 * A file that cannot be used is refused and left byte for byte as it is; nothing ever starts afresh over it.
 *
 * @throws ProductError `database_damaged`, `database_newer`, `data_folder_read_only` or `disk_full`
 */
export function openDatabase(
  path: string,
  options?: OpenOptions & { readonly readonly?: false },
): WritableDatabase
export function openDatabase(
  path: string,
  options: OpenOptions & { readonly readonly: true },
): ReadableDatabase
export function openDatabase(path: string, options: OpenOptions = {}): ReadableDatabase {
  const { readonly = false, knownVersion = newestVersion(readMigrations()), check = 'full' } = options
  try {
    if (!readonly && !existsSync(path)) createDatabaseFile(path)
    inspectDatabaseFile(path, knownVersion, check)
    return readonly ? openCheckedForReading(path) : openForWriting(path)
  } catch (error) {
    throw storageErrorFrom(error)
  }
}

/** Closes a connection. The last one to close folds the write-ahead log into the file. */
export function closeDatabase(database: ReadableDatabase): void {
  handleOf(database).close()
}

/**
 * Leaves the file of the database as it is until `resumeFolding`: what is written stays in the write-ahead log beside it.
 * So a file that has yet to be checked is not written over should it prove damaged.
 */
export function holdFolding(database: WritableDatabase): void {
  handleOf(database).pragma('wal_autocheckpoint = 0')
}

/** Lets the write-ahead log be folded into the file again, every thousand pages as SQLite does by itself. */
export function resumeFolding(database: WritableDatabase): void {
  handleOf(database).pragma('wal_autocheckpoint = 1000')
}

/** Closes the writer and leaves the write-ahead log beside the file; the next one to open it takes both. */
export function closeWithoutFolding(database: WritableDatabase): void {
  // Only the last connection folds the log, and one that may not write cannot.
  const last = openCheckedForReading(handleOf(database).name)
  handleOf(last).pragma('user_version')
  closeDatabase(database)
  closeDatabase(last)
}

/** Opens another connection to a file that was checked already: for reading only. */
export function openCheckedForReading(path: string): ReadableDatabase {
  const handle = new Sqlite(path, { readonly: true, fileMustExist: true, timeout: busyTimeout })
  handle.pragma(`cache_size = ${-readerCache}`)
  return asReadable(handle)
}

function openForWriting(path: string): WritableDatabase {
  const handle = new Sqlite(path, { fileMustExist: true, timeout: busyTimeout })
  try {
    handle.pragma('journal_mode = WAL')
    // A transaction is on the disk when it is said to be, also when the power fails.
    handle.pragma('synchronous = FULL')
    handle.pragma('foreign_keys = ON')
    return asWritable(handle)
  } catch (error) {
    handle.close()
    throw error
  }
}

/** Made under another name first: so a file under the right name was complete once, and an empty one is damaged. */
function createDatabaseFile(path: string): void {
  makeFolder(dirname(path))
  const unfinished = `${path}.new`
  for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(unfinished + suffix, { force: true })
  const handle = new Sqlite(unfinished)
  try {
    handle.pragma('journal_mode = WAL')
  } finally {
    handle.close()
  }
  renameSync(unfinished, path)
  syncFolder(dirname(path))
}

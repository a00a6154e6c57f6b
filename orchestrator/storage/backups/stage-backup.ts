import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ProductError } from '../../../contracts/errors.ts'
import { handleOf } from '../connection.ts'
import { closeDatabase, openDatabase } from '../database.ts'
import { syncFile } from '../folders.ts'
import { requireFreeBytes } from '../free-space.ts'
import { hashFile } from '../hash-file.ts'
import { databaseFile, picturesFile, readBackup, type Backup } from './backup-format.ts'

/** Space a copy needs beyond its own, in bytes. */
const spareBytes = 16 * 1024 * 1024

/**
 * Copies the database of a backup to another place and verifies it there: by the checksums of the backup, by reading
 * the whole copy, and by its version. The backup itself is only read.
 *
 * @param source a backup's folder, or a single database with or without its log
 * @param target where the copy goes; what is there is replaced
 * @returns what the backup says of itself; null for a single database
 * @throws ProductError `backup_not_found`, `backup_invalid`, `database_damaged`, `database_newer` or `disk_full`; there is no copy then
 */
export async function stageBackup(source: string, target: string): Promise<Backup | null> {
  const folder = isFolder(source)
  const backup = folder ? await readBackup(source) : null
  const database = folder ? join(source, databaseFile) : source
  requireFreeBytes(dirname(target), sizeOf(database) + spareBytes, 'Restoring the backup')
  removeStaged(target)
  try {
    const copied = await copyHashed(database, target)
    if (existsSync(`${database}-wal`)) await copyHashed(`${database}-wal`, `${target}-wal`)
    if (backup !== null) {
      requireSame(database, copied, backup.database.sha256)
      requireSame(join(source, picturesFile), await hashList(source), backup.pictures.sha256)
    }
    requireOurs(target)
    syncFile(target)
    return backup
  } catch (error) {
    removeStaged(target)
    throw error
  }
}

/** Opens it, which checks it as a whole, and closes it again, which folds its log into it. */
function requireOurs(path: string): void {
  const database = openDatabase(path)
  try {
    const handle = handleOf(database)
    const ledger = handle.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'migrations'`).get()
    if (ledger === undefined || handle.pragma('user_version', { simple: true }) === 0)
      throw new ProductError('backup_invalid', 'This is a database of another program.')
  } finally {
    closeDatabase(database)
  }
}

async function copyHashed(from: string, to: string): Promise<string> {
  const hash = createHash('sha256')
  const watch = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      done(null, chunk)
    },
  })
  await pipeline(createReadStream(from), watch, createWriteStream(to, { mode: 0o600 }))
  return hash.digest('hex')
}

async function hashList(source: string): Promise<string | null> {
  const path = join(source, picturesFile)
  return existsSync(path) ? hashFile(path) : null
}

function requireSame(path: string, found: string | null, wanted: string): void {
  if (found === wanted) return
  throw new ProductError('backup_invalid', `${path} is missing, or not as it was when the backup was made.`)
}

function isFolder(source: string): boolean {
  const found = statSync(source, { throwIfNoEntry: false })
  if (found === undefined) throw new ProductError('backup_not_found', `${source} is not there.`)
  return found.isDirectory()
}

function sizeOf(database: string): number {
  const size = statSync(database, { throwIfNoEntry: false })?.size
  if (size === undefined) throw new ProductError('backup_invalid', `${database} is missing.`)
  return size
}

function removeStaged(target: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(target + suffix, { force: true })
}

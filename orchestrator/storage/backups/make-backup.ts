import { createHash } from 'node:crypto'
import { existsSync, renameSync, rmSync, statSync } from 'node:fs'
import { open, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ProductError } from '../../../contracts/errors.ts'
import { backupDatabase } from '../backup.ts'
import { handleOf, type ReadableDatabase } from '../connection.ts'
import { closeDatabase, openCheckedForReading } from '../database.ts'
import { makeFolder, syncFile, syncFolder } from '../folders.ts'
import { requireFreeBytes } from '../free-space.ts'
import { countPictureRecords, pictureRecords } from '../picture-records.ts'
import { hashFile } from '../hash-file.ts'
import { storageErrorFrom } from '../storage-error.ts'
import { backupFile, databaseFile, picturesFile, type Backup } from './backup-format.ts'
import { copyPictures } from './copy-pictures.ts'

/** Space a backup needs beyond that for its files, in bytes. */
const spareBytes = 16 * 1024 * 1024

/** What making a backup needs to know. */
export interface BackupRequest {
  readonly dataFolder: string
  /** The folder to make; it must not be there yet. */
  readonly target: string
  /** Whether originals and uploads are copied as well. */
  readonly pictures: boolean
  readonly productVersion: string
  readonly now: number
  /** Told what is being done, as a sentence. */
  readonly tell: (stage: string) => void
}

/**
 * Makes a backup. It shows the database as it was at one moment, also while others write to it, and gets its name only
 * once it is complete, checked and on the disk.
 *
 * @param database a connection for reading is enough
 * @throws ProductError `backup_exists`, `disk_full`, `data_folder_read_only`, or `database_damaged` where the copy is not sound
 */
export async function makeBackup(database: ReadableDatabase, request: BackupRequest): Promise<Backup> {
  const { target, tell } = request
  if (existsSync(target)) throw new ProductError('backup_exists', `${target} is there already.`)
  const unfinished = `${target}.partial`
  try {
    makeFolder(dirname(target))
    requireSpace(database, request)
    rmSync(unfinished, { recursive: true, force: true })
    makeFolder(unfinished)
    tell('Copying the database and checking the copy.')
    backupDatabase(database, join(unfinished, databaseFile))
    const backup = await describe(unfinished, request)
    const description = join(unfinished, backupFile)
    await writeFile(description, `${JSON.stringify(backup, null, 2)}\n`)
    syncFile(description)
    syncFolder(unfinished)
    renameSync(unfinished, target)
    syncFolder(dirname(target))
    return backup
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    throw storageErrorFrom(error)
  }
}

/** Lists the pictures by the copy, so that the list fits it whatever happens meanwhile. */
async function describe(folder: string, request: BackupRequest): Promise<Backup> {
  const { tell, pictures: included, now, productVersion } = request
  const path = join(folder, databaseFile)
  const copy = openCheckedForReading(path)
  try {
    tell('Listing the pictures.')
    const list = await writeList(copy, join(folder, picturesFile))
    const { files, bytes } = countPictureRecords(copy)
    const missing = included ? await copyPictures(copy, request.dataFolder, folder, tell) : 0
    return {
      format: 1,
      made_at: new Date(now).toISOString(),
      product_version: productVersion,
      database: { bytes: statSync(path).size, sha256: await hashFile(path) },
      pictures: { ...list, files, total_bytes: bytes, included, missing },
    }
  } finally {
    closeDatabase(copy)
  }
}

async function writeList(copy: ReadableDatabase, path: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256')
  let written = 0
  let waiting: string[] = []
  const file = await open(path, 'wx')
  const flush = async () => {
    const chunk = Buffer.from(waiting.join(''))
    waiting = []
    hash.update(chunk)
    written += chunk.length
    await file.writeFile(chunk)
  }
  try {
    for (const { path: picture, sha256, bytes } of pictureRecords(copy)) {
      waiting.push(`${JSON.stringify({ path: picture, sha256, bytes })}\n`)
      if (waiting.length === 1000) await flush()
    }
    await flush()
    await file.sync()
  } finally {
    await file.close()
  }
  return { bytes: written, sha256: hash.digest('hex') }
}

function requireSpace(database: ReadableDatabase, { target, pictures }: BackupRequest): void {
  const { name } = handleOf(database)
  const log = statSync(`${name}-wal`, { throwIfNoEntry: false })?.size ?? 0
  const { bytes } = pictures ? countPictureRecords(database) : { bytes: 0 }
  requireFreeBytes(dirname(target), statSync(name).size + log + bytes + spareBytes, 'The backup')
}

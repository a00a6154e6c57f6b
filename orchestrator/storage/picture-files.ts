import { createHash, randomUUID } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { makeFolder } from './folders.ts'
import { resolveInside } from './picture-paths.ts'
import { storageErrorFrom } from './storage-error.ts'

/** A file that was written. */
export interface WrittenFile {
  /** Relative to the data folder. */
  readonly path: string
  readonly sha256: string
  readonly bytes: number
}

/** Files that are still being written have names of this kind, so that a crash leaves nothing that looks complete. */
export const temporaryName = /^\.writing-[0-9a-f-]{36}$/

/** A name for a file that is still being written. */
export function newTemporaryName(): string {
  return `.writing-${randomUUID()}`
}

/**
 * Writes a file so that it is either there as a whole and on the disk, or as it was before.
 *
 * @param path relative to the data folder; its folders are made where they are missing
 * @throws ProductError `disk_full` or `data_folder_read_only`
 */
export async function writePictureFile(
  dataFolder: string,
  path: string,
  content: Uint8Array,
): Promise<WrittenFile> {
  const target = resolveInside(dataFolder, path)
  const folder = dirname(target)
  const temporary = join(folder, newTemporaryName())
  try {
    makeFolder(folder)
    await writeDurably(temporary, content)
    await rename(temporary, target)
    await syncFolderInBackground(folder)
  } catch (error) {
    await rm(temporary, { force: true })
    throw storageErrorFrom(error)
  }
  return { path, sha256: createHash('sha256').update(content).digest('hex'), bytes: content.byteLength }
}

/** Removes a file of the data folder; one that is not there is fine. */
export async function removePictureFile(dataFolder: string, path: string): Promise<void> {
  try {
    await rm(resolveInside(dataFolder, path), { force: true })
  } catch (error) {
    throw storageErrorFrom(error)
  }
}

async function writeDurably(path: string, content: Uint8Array): Promise<void> {
  const file = await open(path, 'wx')
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** `syncFolder` without waiting for the disk on the main thread. */
async function syncFolderInBackground(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

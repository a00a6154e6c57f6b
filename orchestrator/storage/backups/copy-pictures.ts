import { constants, existsSync } from 'node:fs'
import { copyFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ReadableDatabase } from '../connection.ts'
import { makeFolder, syncFile, syncFolder } from '../folders.ts'
import { hashFile } from '../hash-file.ts'
import { newTemporaryName } from '../picture-files.ts'
import { resolveInside } from '../picture-paths.ts'
import { pictureRecords } from '../picture-records.ts'
import { hasCode } from '../storage-error.ts'

/** After how many pictures the progress is told. */
const tellEvery = 500

/**
 * Copies the pictures that cannot be made anew, originals and uploads, each checked by its sha256. What is there already
 * stays as it is.
 *
 * @returns how many were not there, or not as the database says
 */
export async function copyPictures(
  database: ReadableDatabase,
  from: string,
  to: string,
  tell: (stage: string) => void,
): Promise<number> {
  const folders = new Set<string>()
  let seen = 0
  let missing = 0
  for (const { role, path, sha256 } of pictureRecords(database)) {
    if (role !== 'original' && role !== 'upload') continue
    const target = resolveInside(to, path)
    folders.add(dirname(target))
    if (!existsSync(target) && !(await copyChecked(resolveInside(from, path), target, sha256))) missing += 1
    seen += 1
    if (seen % tellEvery === 0) tell(`Copying the pictures: ${seen} so far.`)
  }
  for (const folder of folders) syncFolder(folder)
  return missing
}

/** False where the source is not there or is another file; there is no target then. */
async function copyChecked(source: string, target: string, sha256: string): Promise<boolean> {
  makeFolder(dirname(target))
  const unfinished = join(dirname(target), newTemporaryName())
  try {
    await copyFile(source, unfinished, constants.COPYFILE_FICLONE)
    if ((await hashFile(unfinished)) !== sha256) return false
    syncFile(unfinished)
    await rename(unfinished, target)
    return true
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false
    throw error
  } finally {
    await rm(unfinished, { force: true })
  }
}

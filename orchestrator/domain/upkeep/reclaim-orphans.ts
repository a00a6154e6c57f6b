import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, renameSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { adoptGeneration } from '../../storage/adopt-generation.ts'
import { timedName } from '../../storage/backups/backup-format.ts'
import { transaction, type WritableDatabase } from '../../storage/connection.ts'
import { makeFolder } from '../../storage/folders.ts'
import { putGenerationFile } from '../../storage/generation-files.ts'
import { resolveInside, uploadOfPath } from '../../storage/picture-paths.ts'
import { findOrphanPictures, type OrphanPicture } from '../../storage/picture-upkeep.ts'
import { readPngRecipe } from '../../storage/png-recipe.ts'
import { readPngSize } from '../../storage/png-chunks.ts'
import { insertUploadedPicture } from '../../storage/uploaded-pictures.ts'
import { enqueueThumbnail } from '../pictures/enqueue-thumbnail.ts'

/** Names who did it, in the rows that come of it. */
const requestId = 'doctor'

const lostFolder = 'lost-and-found'

/** What was done with files that no row spoke of. */
export interface Reclaimed {
  /** Pictures that were taken into the gallery again, by the recipe in their file. */
  readonly adopted: number
  /** Files that were moved to `lost-and-found`; none is ever removed. */
  readonly moved: number
  /** The list of what was moved, where anything was. */
  readonly report: string | null
}

/**
 * Brings order into files that no row speaks of: pictures with a recipe of ours and uploads are taken in again, all others
 * are moved aside and listed.
 */
export async function reclaimOrphans(
  database: WritableDatabase,
  dataFolder: string,
  now: number,
): Promise<Reclaimed> {
  const report = join(dataFolder, lostFolder, `${timedName('moved', now)}.txt`)
  let adopted = 0
  let moved = 0
  for await (const orphans of findOrphanPictures(database, dataFolder)) {
    for (const orphan of orphans) {
      if (await adopt(database, dataFolder, orphan)) adopted += 1
      else {
        const target = moveAside(dataFolder, orphan.path)
        appendFileSync(report, `${orphan.path} -> ${target}\n`)
        moved += 1
      }
    }
  }
  return { adopted, moved, report: moved === 0 ? null : report }
}

/** The small pictures of one that is adopted are made anew; until then what there is of them waits for that. */
async function adopt(
  database: WritableDatabase,
  dataFolder: string,
  orphan: OrphanPicture,
): Promise<boolean> {
  if (orphan.role !== 'original' && orphan.role !== 'upload') return false
  const png = await readFile(resolveInside(dataFolder, orphan.path))
  const size = readPngSize(png)
  const sha256 = createHash('sha256').update(png).digest('hex')
  if (size === null) return false
  const { path, generation_id: id } = orphan
  if (id === null) {
    const upload = { sha256, ...size, bytes: png.length, created_at: Date.now() }
    return uploadOfPath(path) === sha256 && insertUploadedPicture(database, upload)
  }
  const { recipe } = readPngRecipe(png)
  if (recipe === null) return false
  return transaction(database, () => {
    if (!adoptGeneration(database, { id, recipe, requestId })) return false
    const facts = { ...size, path, sha256, bytes: png.length, mime: 'image/png' }
    putGenerationFile(database, { generation_id: id, role: 'original', ...facts })
    enqueueThumbnail(database, id, requestId)
    return true
  })
}

/** @returns where it lies now, relative to the data folder */
function moveAside(dataFolder: string, path: string): string {
  let target = `${lostFolder}/${path}`
  for (let number = 1; existsSync(join(dataFolder, target)); number += 1)
    target = `${lostFolder}/${number}/${path}`
  makeFolder(dirname(join(dataFolder, target)))
  renameSync(resolveInside(dataFolder, path), join(dataFolder, target))
  return target
}

import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { readAll, type ReadableDatabase } from './connection.ts'
import { temporaryName } from './picture-files.ts'
import {
  folderOfRole,
  pictureOfPath,
  pictureRoles,
  stylePreviewsFolder,
  uploadsFolder,
  type PictureRole,
} from './picture-paths.ts'
import { hasCode, storageErrorFrom } from './storage-error.ts'

/** A picture's file that no row speaks of, as a crash between writing it and committing the row leaves it. */
export interface OrphanPicture {
  readonly generation_id: number
  readonly role: PictureRole
  /** Relative to the data folder. */
  readonly path: string
}

/**
 * Removes what a crash left half written; how many files. Only the owner of the data folder may call it, and before it
 * writes pictures.
 */
export async function removeTemporaryFiles(dataFolder: string): Promise<number> {
  let removed = 0
  for (const folder of [...pictureRoles.map(folderOfRole), uploadsFolder, stylePreviewsFolder]) {
    for await (const { path, names } of filesBelow(dataFolder, folder)) {
      for (const name of names.filter((candidate) => temporaryName.test(candidate))) {
        await rm(join(dataFolder, path, name), { force: true })
        removed += 1
      }
    }
  }
  return removed
}

/**
 * Finds pictures' files that no row speaks of. Those of a picture that is queued or running are not orphans: making it
 * replaces them. An orphan can be removed with `removePictureFile`, or adopted by its recipe (`readPngRecipe`).
 */
export async function findOrphanPictures(
  database: ReadableDatabase,
  dataFolder: string,
): Promise<OrphanPicture[]> {
  const orphans: OrphanPicture[] = []
  for (const role of pictureRoles) {
    for await (const { path: folder, names } of filesBelow(dataFolder, folderOfRole(role))) {
      const candidates = names.flatMap((name) => {
        const path = `${folder}/${name}`
        const id = pictureOfPath(role, path)
        return id === null ? [] : [{ generation_id: id, role, path }]
      })
      const accounted = accountedFor(database, role, candidates)
      orphans.push(...candidates.filter((candidate) => !accounted.has(candidate.generation_id)))
    }
  }
  return orphans
}

function accountedFor(
  database: ReadableDatabase,
  role: PictureRole,
  candidates: readonly OrphanPicture[],
): Set<number> {
  const ids = JSON.stringify(candidates.map((candidate) => candidate.generation_id))
  const sql = `SELECT value AS id FROM json_each(:ids) WHERE
    EXISTS (SELECT 1 FROM generation_files WHERE generation_id = value AND role = :role)
    OR EXISTS (SELECT 1 FROM generations WHERE id = value AND state IN ('queued', 'running'))`
  return new Set(readAll<{ id: number }>(database, sql, { ids, role }).map((row) => row.id))
}

/** Every folder from one on down, with the names of the files in it; nothing where the folder is not there. */
async function* filesBelow(
  dataFolder: string,
  path: string,
): AsyncGenerator<{ path: string; names: string[] }> {
  const entries = await entriesOf(join(dataFolder, path))
  yield { path, names: entries.filter((entry) => entry.isFile()).map((entry) => entry.name) }
  for (const entry of entries.filter((candidate) => candidate.isDirectory())) {
    yield* filesBelow(dataFolder, `${path}/${entry.name}`)
  }
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true })
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return []
    throw storageErrorFrom(error)
  }
}

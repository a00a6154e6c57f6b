import type { Dirent } from 'node:fs'
import { opendir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { readAll, type ReadableDatabase } from './connection.ts'
import { temporaryName } from './picture-files.ts'
import {
  folderOfRole,
  pictureOfPath,
  pictureRoles,
  stylePreviewsFolder,
  uploadOfPath,
  uploadsFolder,
  type PictureRole,
} from './picture-paths.ts'
import { hasCode, storageErrorFrom } from './storage-error.ts'
import { getUploadedPicture } from './uploaded-pictures.ts'

const namesAtOnce = 1000

/** A picture's file that no row speaks of, as a crash between writing it and committing the row leaves it. */
export interface OrphanPicture {
  /** The picture its name says it belongs to; null for an upload. */
  readonly generation_id: number | null
  readonly role: PictureRole | 'upload'
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
 * Finds files with names of ours that no row speaks of, in parts that fit into memory. Those of a picture that is queued or
 * running, or that has a job before it, are not orphans: making it replaces them. Files with other names are left alone.
 */
export async function* findOrphanPictures(
  database: ReadableDatabase,
  dataFolder: string,
): AsyncGenerator<OrphanPicture[]> {
  for (const role of pictureRoles) {
    for await (const { path: folder, names } of filesBelow(dataFolder, folderOfRole(role))) {
      const candidates = names.flatMap((name) => {
        const path = `${folder}/${name}`
        const id = pictureOfPath(role, path)
        return id === null ? [] : [{ generation_id: id, role, path }]
      })
      const accounted = accountedFor(database, role, candidates)
      yield candidates.filter((candidate) => !accounted.has(candidate.generation_id))
    }
  }
  for await (const { path: folder, names } of filesBelow(dataFolder, uploadsFolder)) {
    const candidates = names.flatMap((name) => {
      const path = `${folder}/${name}`
      const sha256 = uploadOfPath(path)
      return sha256 === null || getUploadedPicture(database, sha256) !== null ? [] : [path]
    })
    yield candidates.map((path) => ({ generation_id: null, role: 'upload', path }))
  }
}

function accountedFor(
  database: ReadableDatabase,
  role: PictureRole,
  candidates: readonly { readonly generation_id: number }[],
): Set<number> {
  const ids = JSON.stringify(candidates.map((candidate) => candidate.generation_id))
  const sql = `SELECT value AS id FROM json_each(:ids) WHERE
    EXISTS (SELECT 1 FROM generation_files WHERE generation_id = value AND role = :role)
    OR EXISTS (SELECT 1 FROM generations WHERE id = value AND state IN ('queued', 'running'))
    OR EXISTS (SELECT 1 FROM jobs WHERE generation_id = value AND state IN ('queued', 'running'))`
  return new Set(readAll<{ id: number }>(database, sql, { ids, role }).map((row) => row.id))
}

/** Every folder from one on down, with the names of files in it, a thousand at a time; nothing where it is not there. */
async function* filesBelow(
  dataFolder: string,
  path: string,
): AsyncGenerator<{ path: string; names: string[] }> {
  const folders: string[] = []
  let names: string[] = []
  for await (const entry of entriesOf(join(dataFolder, path))) {
    if (entry.isDirectory()) folders.push(entry.name)
    if (entry.isFile()) names.push(entry.name)
    if (names.length < namesAtOnce) continue
    yield { path, names }
    names = []
  }
  yield { path, names }
  for (const folder of folders) yield* filesBelow(dataFolder, `${path}/${folder}`)
}

async function* entriesOf(folder: string): AsyncGenerator<Dirent> {
  try {
    yield* await opendir(folder, { bufferSize: 256 })
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw storageErrorFrom(error)
  }
}

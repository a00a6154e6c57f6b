import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import sharp from 'sharp'
import { expect } from 'vitest'
import type { Product } from './product.ts'

/** Every picture there is, by id, with its state once it is over. */
export async function allPictures(product: Product): Promise<Map<string, string>> {
  const all = new Map<string, string>()
  let cursor: string | undefined
  do {
    const page = await product.invoke('list_generations', {
      limit: 200,
      ...(cursor === undefined ? {} : { cursor }),
    })
    for (const { id } of page.generations) all.set(id, (await product.finished(id)).state)
    cursor = page.next_cursor ?? undefined
  } while (cursor !== undefined)
  return all
}

/**
 * Looks at rows and files themselves: one original for each picture that is completed, with the content it should have and
 * not blank, and no other file.
 *
 * @returns how often each picture was attempted, by id
 */
export async function verifyStorage(
  dataFolder: string,
  completed: readonly string[],
  failed: readonly string[],
): Promise<Map<string, number>> {
  const database = new Sqlite(join(dataFolder, 'mysticanvas.sqlite'), { readonly: true })
  const originals = database
    .prepare(
      "SELECT CAST(generation_id AS TEXT) AS id, path, sha256 FROM generation_files WHERE role = 'original'",
    )
    .all() as { id: string; path: string; sha256: string }[]
  const attempts = database
    .prepare("SELECT CAST(generation_id AS TEXT) AS id, attempts FROM jobs WHERE kind = 'generate'")
    .all() as { id: string; attempts: number }[]
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
  database.close()
  expect(originals.map(({ id }) => id).toSorted()).toEqual(completed.toSorted())
  for (const { path, sha256 } of originals) {
    const content = readFileSync(join(dataFolder, path))
    expect(createHash('sha256').update(content).digest('hex'), path).toBe(sha256)
    const { channels } = await sharp(content).stats()
    expect(Math.max(...channels.map(({ stdev }) => stdev)), path).toBeGreaterThan(1)
  }
  const files = ['images', 'thumbnails', 'previews'].flatMap((folder) =>
    readdirSync(join(dataFolder, folder), { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    ),
  )
  expect(files.filter(({ name }) => name.startsWith('.writing'))).toEqual([])
  const known = new Set(completed)
  // A picture that was killed between its file and its row, twice, leaves the file; anything else would be a loss of order.
  expect(
    files.map(({ name }) => name.split('.')[0] ?? '').filter((id) => !known.has(id) && !failed.includes(id)),
  ).toEqual([])
  return new Map(attempts.map((job) => [job.id, job.attempts]))
}

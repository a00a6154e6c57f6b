import { open } from 'node:fs/promises'
import { extname } from 'node:path'
import { makeZip } from 'client-zip'
import type { Generation } from '../../../contracts/entities/generation.ts'
import { productVersion } from '../../foundation/version.ts'
import type { ReadableDatabase } from '../../storage/connection.ts'
import { getGenerationFile } from '../../storage/generation-files.ts'
import { resolveInside } from '../../storage/picture-paths.ts'
import type { GenerationViews } from '../generation/generation-views.ts'
import { exportName } from './export-names.ts'

export interface ArchiveParts {
  readonly database: ReadableDatabase
  readonly dataFolder: string
  readonly views: GenerationViews
}

/** One file of the archive. */
interface ArchiveEntry {
  readonly name: string
  readonly lastModified: Date
  readonly input: AsyncIterable<string | Uint8Array>
}

/** A picture that was asked for and is not in the archive. */
interface MissingPicture {
  readonly id: string
  readonly reason: string
}

const pageSize = 50

/**
 * Packs pictures into a zip archive while it is read: the originals byte by byte, the recipe of each as JSON, and last a
 * manifest that also names what is missing. One file is open at a time, and nothing is kept but ids.
 */
export function packArchive(parts: ArchiveParts, ids: readonly number[]): ReadableStream<Uint8Array> {
  return makeZip(archiveEntries(parts, ids), { buffersAreUTF8: true })
}

async function* archiveEntries(parts: ArchiveParts, ids: readonly number[]): AsyncGenerator<ArchiveEntry> {
  const packed: number[] = []
  const missing: MissingPicture[] = []
  for (const [id, generation] of eachGeneration(parts.views, ids)) {
    const content = generation === undefined ? null : await openOriginal(parts, id)
    if (content === null || generation === undefined) {
      const reason = generation === undefined ? 'There is no such picture.' : 'Its file is not there.'
      missing.push({ id: String(id), reason })
      continue
    }
    const name = exportName(generation.id, generation.recipe.prompt)
    const lastModified = new Date(generation.created_at)
    try {
      yield { name: `pictures/${name}${content.extension}`, lastModified, input: content.stream }
    } finally {
      content.stream.destroy()
    }
    const recipe = `${JSON.stringify(generation.recipe, null, 2)}\n`
    yield { name: `recipes/${name}.json`, lastModified, input: oneText(recipe) }
    packed.push(id)
  }
  yield { name: 'manifest.json', lastModified: new Date(), input: manifest(parts.views, packed, missing) }
}

/** A page at a time, in the order of the ids. */
function* eachGeneration(
  views: GenerationViews,
  ids: readonly number[],
): Generator<[number, Generation | undefined]> {
  for (let from = 0; from < ids.length; from += pageSize) {
    const page = ids.slice(from, from + pageSize)
    const found = new Map(views.many(page).map((generation) => [Number(generation.id), generation]))
    for (const id of page) yield [id, found.get(id)]
  }
}

async function openOriginal({ database, dataFolder }: ArchiveParts, id: number) {
  const original = getGenerationFile(database, id, 'original')
  if (original === null) return null
  const file = await open(resolveInside(dataFolder, original.path)).catch(() => null)
  return file === null ? null : { stream: file.createReadStream(), extension: extname(original.path) }
}

/** JSON, written line by line. */
async function* manifest(
  views: GenerationViews,
  packed: readonly number[],
  missing: readonly MissingPicture[],
): AsyncGenerator<string> {
  const made_at = new Date().toISOString()
  yield `{\n"format": "mysticanvas-export",\n"version": 1,\n"program": ${JSON.stringify(productVersion)},\n`
  yield `"made_at": "${made_at}",\n"missing": ${JSON.stringify(missing)},\n"pictures": [`
  let separator = '\n'
  for (const [id, generation] of eachGeneration(views, packed)) {
    yield `${separator}${JSON.stringify(generation === undefined ? { id: String(id) } : describe(generation))}`
    separator = ',\n'
    await Promise.resolve()
  }
  yield '\n]\n}\n'
}

function describe({ id, recipe, picture, created_at, rating, favorite, notes, tags }: Generation): object {
  const name = exportName(id, recipe.prompt)
  return {
    id,
    recipe: `recipes/${name}.json`,
    sha256: picture?.sha256,
    bytes: picture?.bytes,
    created_at,
    rating,
    favorite,
    notes,
    tags: tags.map((tag) => tag.name),
  }
}

async function* oneText(text: string): AsyncGenerator<string> {
  yield await Promise.resolve(text)
}

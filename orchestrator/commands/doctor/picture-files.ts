import { existsSync } from 'node:fs'
import type { DataPaths } from '../../foundation/paths.ts'
import type { ReadableDatabase } from '../../storage/connection.ts'
import { closeDatabase, openDatabase } from '../../storage/database.ts'
import { examinePictures, type PictureExamination } from '../../storage/examine-pictures.ts'
import { findOrphanPictures } from '../../storage/picture-upkeep.ts'
import { good, note, problem, type Finding } from './finding.ts'

/** How many files are named in a finding. */
const mostNamed = 3

/** The picture files: those that rows speak of, and those that none does. Nothing where the database cannot be read. */
export async function examinePictureFiles(paths: DataPaths, deep: boolean): Promise<Finding[]> {
  const database = openIfSound(paths)
  if (database === null) return []
  try {
    return [await examineKnown(database, paths.root, deep), await examineUnknown(database, paths.root)]
  } finally {
    closeDatabase(database)
  }
}

async function examineKnown(database: ReadableDatabase, root: string, deep: boolean): Promise<Finding> {
  const found = await examinePictures(database, root, { deep })
  const { files, lost, remakable, without_small: withoutSmall } = found
  if (lost + remakable + withoutSmall === 0)
    return good(
      'Pictures',
      `${files} files, ${deep ? 'each with the content' : 'each of the size'} it should have`,
    )
  const words = describeFaults(found)
  if (lost === 0)
    return note('Pictures', words, 'Run "npx mysticanvas doctor --repair" and start: they are made anew.')
  return problem(
    'Pictures',
    words,
    `${lost} of them cannot be made anew: put them back from a copy, or restore a backup made with --pictures.`,
  )
}

function describeFaults({ files, lost, remakable, without_small, examples }: PictureExamination): string {
  const named = examples.slice(0, mostNamed).map(({ state, record }) => `${record.path} (${state})`)
  const faults = `${lost + remakable} of ${files} files are missing or changed, such as ${named.join(', ')}.`
  const small = `${without_small} pictures have no small ones.`
  return [...(named.length > 0 ? [faults] : []), ...(without_small > 0 ? [small] : [])].join(' ')
}

async function examineUnknown(database: ReadableDatabase, root: string): Promise<Finding> {
  let unknown = 0
  const named: string[] = []
  for await (const orphans of findOrphanPictures(database, root)) {
    unknown += orphans.length
    named.push(...orphans.slice(0, mostNamed - named.length).map(({ path }) => path))
  }
  if (unknown === 0) return good('Unknown files', 'none')
  return note(
    'Unknown files',
    `${unknown} picture files are not in the gallery, such as ${named.join(', ')}.`,
    'Run "npx mysticanvas doctor --repair": pictures with a recipe are taken in, others go to "lost-and-found".',
  )
}

function openIfSound({ database }: DataPaths): ReadableDatabase | null {
  if (!existsSync(database)) return null
  try {
    // It was read as a whole just before.
    return openDatabase(database, { readonly: true, check: 'surface' })
  } catch {
    return null
  }
}

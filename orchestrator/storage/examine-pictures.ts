import { lstatSync } from 'node:fs'
import type { ReadableDatabase } from './connection.ts'
import { hashFile } from './hash-file.ts'
import { resolveInside } from './picture-paths.ts'
import { pictureRecords, picturesWithoutSmall, type PictureRecord } from './picture-records.ts'

/** A file that is not as its row says. */
export interface PictureFault {
  readonly record: PictureRecord
  /** `changed` has another size, or, where that was looked at, another content. */
  readonly state: 'missing' | 'changed'
}

/** What came of looking at all files. */
export interface PictureExamination {
  /** How many files rows speak of. */
  readonly files: number
  /** Faults of originals and uploads, which cannot be made anew. */
  readonly lost: number
  /** Faults of the small pictures and of the previews of styles, which can be made anew. */
  readonly remakable: number
  /** Pictures without small ones that have no job to make them. */
  readonly without_small: number
  /** The first of the faults, so that a gallery without a single file needs no more memory than any other. */
  readonly examples: readonly PictureFault[]
}

const mostExamples = 100

/** How many files are looked at before others get their turn. */
const stepSize = 1000

/**
 * Looks at every file that rows speak of.
 *
 * @param deep also reads each file and compares its sha256
 * @param onFault called for each file that is not as it should be
 */
export async function examinePictures(
  database: ReadableDatabase,
  dataFolder: string,
  { deep, onFault }: { readonly deep: boolean; readonly onFault?: (fault: PictureFault) => void },
): Promise<PictureExamination> {
  const examples: PictureFault[] = []
  const counts = { files: 0, lost: 0, remakable: 0 }
  for (const record of pictureRecords(database)) {
    counts.files += 1
    if (counts.files % stepSize === 0) await new Promise((resolve) => setImmediate(resolve))
    const state = await stateOf(record, dataFolder, deep)
    if (state === 'good') continue
    const fault = { record, state }
    counts[isRemakable(fault) ? 'remakable' : 'lost'] += 1
    if (examples.length < mostExamples) examples.push(fault)
    onFault?.(fault)
  }
  let withoutSmall = 0
  for (const _ of picturesWithoutSmall(database)) withoutSmall += 1
  return { ...counts, without_small: withoutSmall, examples }
}

/** Whether the file can be made anew. */
export function isRemakable({ record: { role } }: PictureFault): boolean {
  return role === 'thumbnail' || role === 'preview' || role === 'style_preview'
}

async function stateOf(
  { path, bytes, sha256 }: PictureRecord,
  dataFolder: string,
  deep: boolean,
): Promise<'good' | PictureFault['state']> {
  const file = resolveInside(dataFolder, path)
  // Synchronous, because that is ten times as fast for a million files, and nobody else is served here.
  const found = lstatSync(file, { throwIfNoEntry: false })
  if (found === undefined) return 'missing'
  if (!found.isFile() || found.size !== bytes) return 'changed'
  return deep && (await hashFile(file)) !== sha256 ? 'changed' : 'good'
}

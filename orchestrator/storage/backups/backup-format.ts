import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { ProductError } from '../../../contracts/errors.ts'
import { hasCode, storageErrorFrom } from '../storage-error.ts'

/*
 * A backup is a folder:
 *
 *   backup.json          what it is, with sizes and checksums of the two files below; written last
 *   mysticanvas.sqlite   the database as it was at one moment
 *   pictures.jsonl       every picture file that the database speaks of, one JSON object a line: path, sha256, bytes
 *   images/, uploads/    the pictures themselves, where that was asked for, below the same paths as in the data folder
 *
 * A single database, as it is saved before a migration, can be restored as well.
 */

export const backupFile = 'backup.json'
export const databaseFile = 'mysticanvas.sqlite'
export const picturesFile = 'pictures.jsonl'

const fileSchema = z.strictObject({ bytes: z.int(), sha256: z.string().regex(/^[0-9a-f]{64}$/) })

const backupSchema = z.strictObject({
  format: z.literal(1),
  made_at: z.iso.datetime(),
  product_version: z.string(),
  database: fileSchema,
  pictures: fileSchema.extend({
    files: z.int().describe('How many files are listed.'),
    total_bytes: z.int().describe('Their size together.'),
    included: z.boolean().describe('Whether originals and uploads are in the backup.'),
    missing: z.int().describe('How many of those were not there, or were not as they should be.'),
  }),
})

/** What `backup.json` says. */
export type Backup = z.output<typeof backupSchema>

/** The name of a backup, or of another file in the backups folder, by its time. Names of one kind sort by it. */
export function timedName(kind: 'backup' | 'undo' | 'damaged' | 'moved', now: number): string {
  return `${kind}-${new Date(now).toISOString().replaceAll(/[-:.]/g, '')}`
}

/** @throws ProductError `backup_not_found` or `backup_invalid` */
export async function readBackup(folder: string): Promise<Backup> {
  const text = await readFile(join(folder, backupFile), 'utf8').catch((error: unknown) => {
    if (!hasCode(error, 'ENOENT')) throw storageErrorFrom(error)
    throw new ProductError('backup_not_found', `${folder} has no ${backupFile}.`)
  })
  try {
    return backupSchema.parse(JSON.parse(text))
  } catch (cause) {
    throw new ProductError('backup_invalid', `${join(folder, backupFile)} is not as it should be.`, { cause })
  }
}

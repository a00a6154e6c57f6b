import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { dataPaths, prepareDataFolder, type DataPaths } from '../foundation/paths.ts'
import { timedName, type Backup } from '../storage/backups/backup-format.ts'
import { copyPictures } from '../storage/backups/copy-pictures.ts'
import { replaceDatabase } from '../storage/backups/replace-database.ts'
import { stageBackup } from '../storage/backups/stage-backup.ts'
import { closeDatabase, openCheckedForReading } from '../storage/database.ts'
import { examinePictures, type PictureExamination } from '../storage/examine-pictures.ts'
import { lockDataFolder } from '../storage/lock.ts'
import { findOrphanPictures } from '../storage/picture-upkeep.ts'
import { tellStage } from './report.ts'

export interface RestoreArguments {
  readonly data: string
  /** Also compares the content of every picture. */
  readonly verify?: boolean
  readonly json?: boolean
}

interface Restored {
  readonly path: string
  /** Where the database that was there before lies now; null where there was none. */
  readonly undo: string | null
  readonly backup: Backup | null
  readonly pictures: PictureExamination
  /** Files the backup does not know, as those of pictures made since. */
  readonly unknown_files: number
}

/** `mysticanvas restore <backup>`: goes back to a backup; the present database is kept. */
export async function restore(
  source: string,
  { data, verify = false, json = false }: RestoreArguments,
): Promise<void> {
  const paths = dataPaths(data)
  prepareDataFolder(paths)
  const unlock = lockDataFolder(paths.root)
  try {
    const restored = await restoreFrom(resolve(source), paths, verify)
    process.stdout.write(json ? `${JSON.stringify(restored, null, 2)}\n` : describe(restored))
  } finally {
    unlock()
  }
}

async function restoreFrom(source: string, paths: DataPaths, verify: boolean): Promise<Restored> {
  tellStage('Copying the backup and checking the copy.')
  const staged = `${paths.database}.restoring`
  const backup = await stageBackup(source, staged)
  const undo = join(paths.backups, `${timedName('undo', Date.now())}.sqlite`)
  const kept = replaceDatabase(paths.database, staged, undo)
  // What was noted about the file before says nothing about this one.
  rmSync(paths.closeRecord, { force: true })
  const database = openCheckedForReading(paths.database)
  try {
    if (backup?.pictures.included === true) await copyPictures(database, source, paths.root, tellStage)
    tellStage('Looking at the pictures.')
    const pictures = await examinePictures(database, paths.root, { deep: verify })
    let unknown = 0
    for await (const orphans of findOrphanPictures(database, paths.root)) unknown += orphans.length
    return { path: source, undo: kept ? undo : null, backup, pictures, unknown_files: unknown }
  } finally {
    closeDatabase(database)
  }
}

function describe({ path, undo, pictures, unknown_files: unknown }: Restored): string {
  const lines = [`The database of ${path} is in place.`]
  if (undo !== null) lines.push(`What was there before is kept: ${undo}; "restore" takes that, too.`)
  for (const { state, record } of pictures.examples) lines.push(`  ${state}: ${record.path}`)
  const faults = pictures.lost + pictures.remakable
  lines.push(
    faults === 0
      ? `All of its ${pictures.files} picture files are there.`
      : `Of its ${pictures.files} picture files ${faults} are missing or changed, ${pictures.remakable} of them small pictures, which "npx mysticanvas doctor --repair" makes anew.`,
  )
  if (unknown > 0)
    lines.push(
      `${unknown} files on the disk are unknown to it, as those of pictures made since; "npx mysticanvas doctor --repair" takes them in.`,
    )
  return `${lines.join('\n')}\n`
}

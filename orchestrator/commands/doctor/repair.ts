import { existsSync, rmSync } from 'node:fs'
import { ProductError } from '../../../contracts/errors.ts'
import { reclaimOrphans } from '../../domain/upkeep/reclaim-orphans.ts'
import { remakeSmallPictures } from '../../domain/upkeep/remake-small-pictures.ts'
import { prepareDataFolder, type DataPaths } from '../../foundation/paths.ts'
import { timedName } from '../../storage/backups/backup-format.ts'
import { listBackups } from '../../storage/backups/list-backups.ts'
import { replaceDatabase } from '../../storage/backups/replace-database.ts'
import { stageBackup } from '../../storage/backups/stage-backup.ts'
import { closeDatabase, openDatabase } from '../../storage/database.ts'
import { lockDataFolder } from '../../storage/lock.ts'
import { migrate } from '../../storage/migrate.ts'
import { removeTemporaryFiles } from '../../storage/picture-upkeep.ts'
import { good, note, problem, type Finding } from './finding.ts'

/**
 * Mends what can be mended without taking anything away: puts the newest good backup in the place of a damaged database,
 * has missing small pictures made anew, and takes in or moves aside the files that no row speaks of.
 *
 * @throws ProductError `data_folder_in_use` while the server runs
 */
export async function repair(paths: DataPaths): Promise<Finding[]> {
  if (!existsSync(paths.database)) return [note('Repair', 'There is no database yet, so nothing to repair.')]
  prepareDataFolder(paths)
  const unlock = lockDataFolder(paths.root)
  try {
    const damage = damageOf(paths.database)
    const done = damage === null ? [] : [await replaceDamaged(paths, damage)]
    return damageOf(paths.database) === null ? [...done, ...(await repairPictures(paths))] : done
  } finally {
    unlock()
  }
}

function damageOf(path: string): string | null {
  try {
    closeDatabase(openDatabase(path, { readonly: true }))
    return null
  } catch (error) {
    if (error instanceof ProductError && error.code === 'database_damaged') return error.message
    throw error
  }
}

async function replaceDamaged(paths: DataPaths, damage: string): Promise<Finding> {
  const staged = `${paths.database}.restoring`
  for (const backup of listBackups(paths.backups)) {
    try {
      await stageBackup(backup, staged)
    } catch {
      // The next older one may be better.
      continue
    }
    const kept = `${paths.database}.${timedName('damaged', Date.now())}`
    replaceDatabase(paths.database, staged, kept)
    rmSync(paths.closeRecord, { force: true })
    return good('Repair of the database', `${backup} is in its place. The damaged file is kept as ${kept}.`)
  }
  return problem(
    'Repair of the database',
    `${damage.split('. ')[0]}, and there is no good backup in ${paths.backups}.`,
    `Move ${paths.database} to a safe place, start and stop MystiCanvas, and run this again: it takes in the pictures that are on the disk.`,
  )
}

async function repairPictures(paths: DataPaths): Promise<Finding[]> {
  const now = Date.now()
  const database = openDatabase(paths.database, { check: 'surface' })
  try {
    migrate(database, { backupFolder: paths.backups, now })
    await removeTemporaryFiles(paths.root)
    const remade = await remakeSmallPictures(database, paths.root)
    const { adopted, moved, report } = await reclaimOrphans(database, paths.root, now)
    const found = [
      `${remade} pictures and styles get their small pictures anew after the next start`,
      `${adopted} pictures and uploads were taken in`,
      report === null ? '0 files were moved aside' : `${moved} files were moved aside, see ${report}`,
    ]
    return [good('Repair of the pictures', `${found.join('; ')}.`)]
  } finally {
    closeDatabase(database)
  }
}

import { accessSync, constants, existsSync, opendirSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { errorTable, ProductError } from '../../../contracts/errors.ts'
import { readConfiguration } from '../../foundation/configuration.ts'
import type { DataPaths } from '../../foundation/paths.ts'
import { closeDatabase, openDatabase } from '../../storage/database.ts'
import { good, note, problem, type Finding } from './finding.ts'

/** Less free space than this is worth a word: room for a model and some pictures. */
const comfortableBytes = 2e9

/** The folder itself, or the nearest one above it that is there: looking must not make anything. */
function existingPart(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : existingPart(dirname(folder))
}

/** The data folder, its disk, its configuration and its database. */
export async function examineDataFolder(paths: DataPaths): Promise<Finding[]> {
  const folder = examineFolder(paths)
  if (folder.state === 'problem') return [folder]
  return [folder, await examineDisk(paths), examineConfiguration(paths), examineDatabase(paths)]
}

function examineFolder({ root }: DataPaths): Finding {
  try {
    const present = existingPart(root)
    opendirSync(present).closeSync()
    accessSync(present, constants.W_OK)
    return good('Data folder', existsSync(root) ? root : `${root}; the first start makes it`)
  } catch {
    return problem(
      'Data folder',
      `${root} cannot be written.`,
      'Correct its permissions, or name another with MYSTICANVAS_DATA.',
    )
  }
}

async function examineDisk({ root }: DataPaths): Promise<Finding> {
  const { bavail, bsize } = await statfs(existingPart(root))
  const found = `${((bavail * bsize) / 1e9).toFixed(1)} GB free`
  return bavail * bsize < comfortableBytes
    ? problem('Disk', found, 'Free some space: models and pictures need room.')
    : good('Disk', found)
}

function examineConfiguration({ config }: DataPaths): Finding {
  if (!existsSync(config)) return good('Configuration', `defaults; ${config} would change them`)
  return examine('Configuration', () => {
    readConfiguration(config)
    return config
  })
}

function examineDatabase({ database }: DataPaths): Finding {
  if (!existsSync(database)) return note('Database', 'There is none yet; the first start makes it.')
  return examine('Database', () => {
    closeDatabase(openDatabase(database, { readonly: true }))
    return `${database} is sound`
  })
}

function examine(subject: string, look: () => string): Finding {
  try {
    return good(subject, look())
  } catch (error) {
    if (!(error instanceof ProductError)) throw error
    const { advice } = errorTable[error.code]
    return problem(subject, `${error.message.replace(advice, '').trim()} (${error.code})`, advice)
  }
}

import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ProductError } from '../../contracts/errors.ts'
import { dataPaths } from '../foundation/paths.ts'
import { productVersion } from '../foundation/version.ts'
import { timedName } from '../storage/backups/backup-format.ts'
import { makeBackup } from '../storage/backups/make-backup.ts'
import { closeDatabase, openDatabase } from '../storage/database.ts'
import { inBytes, tellStage } from './report.ts'

export interface BackupArguments {
  readonly data: string
  /** Copies originals and uploads as well. */
  readonly pictures?: boolean
  readonly json?: boolean
}

/** `mysticanvas backup [folder]`: copies the database and lists the pictures, also while the server runs. */
export async function backup(
  folder: string | undefined,
  { data, pictures = false, json = false }: BackupArguments,
): Promise<void> {
  const paths = dataPaths(data)
  if (!existsSync(paths.database))
    throw new ProductError('database_missing', `${paths.database} is not there.`)
  const now = Date.now()
  const target = folder === undefined ? join(paths.backups, timedName('backup', now)) : resolve(folder)
  // The copy is checked as a whole; looking at the surface is enough to know what is being copied.
  const database = openDatabase(paths.database, { readonly: true, check: 'surface' })
  try {
    const request = { dataFolder: paths.root, target, pictures, productVersion, now, tell: tellStage }
    const made = await makeBackup(database, request)
    process.stdout.write(
      json ? `${JSON.stringify({ path: target, ...made }, null, 2)}\n` : describe(target, made),
    )
  } finally {
    closeDatabase(database)
  }
}

function describe(target: string, { database, pictures }: Awaited<ReturnType<typeof makeBackup>>): string {
  const { files, total_bytes: bytes, included, missing } = pictures
  const extent = included ? 'with' : 'without'
  const lines = [
    `The backup lies in ${target}: the database (${inBytes(database.bytes)}) and the list of ${files} picture files (${inBytes(bytes)}), ${extent} the pictures.`,
  ]
  if (missing > 0)
    lines.push(
      `${missing} pictures were not there or changed, and are not in it; "npx mysticanvas doctor" names them.`,
    )
  return `${lines.join('\n')}\n`
}

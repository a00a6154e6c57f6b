import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Backups that were asked for, and those made before a migration; the time stands at the end of either name. */
const backupName = /^(?:backup|before-\d{4})-(\d{8}T\d{9}Z)(?:\.sqlite)?$/

/** The backups of a folder, newest first, as paths; whether they are good is for `stageBackup` to say. */
export function listBackups(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .flatMap((name) => {
      const time = backupName.exec(name)?.[1]
      return time === undefined ? [] : [{ name, time }]
    })
    .toSorted((a, b) => b.time.localeCompare(a.time))
    .map(({ name }) => join(folder, name))
}

import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { makeBackup } from '../../orchestrator/storage/backups/make-backup.ts'
import { handleOf, readAll } from '../../orchestrator/storage/connection.ts'
import { closeDatabase, openDatabase } from '../../orchestrator/storage/database.ts'
import { migrate } from '../../orchestrator/storage/migrate.ts'
import { newestVersion, readMigrations } from '../../orchestrator/storage/migration-files.ts'
import { temporaryFolder } from '../unit/storage/support.ts'

/** A folder on a disk of its own; null where nothing may be mounted here. */
function smallDisk(megabytes: number): string | null {
  const folder = temporaryFolder()
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    return null
  }
  onTestFinished(() => void execFileSync('umount', ['-l', folder]))
  return folder
}

/** Two steps: the first keeps about a megabyte, the second wants so many more. */
function migrations(megabytes: number) {
  const folder = temporaryFolder()
  const rows = (count: number) => `WITH RECURSIVE numbers (number) AS
    (SELECT 1 UNION ALL SELECT number + 1 FROM numbers LIMIT ${count}) SELECT number, hex(randomblob(500)) FROM numbers`
  writeFileSync(
    join(folder, '0001-first.sql'),
    `CREATE TABLE first (id INTEGER PRIMARY KEY, text TEXT) STRICT; INSERT INTO first ${rows(1000)};`,
  )
  writeFileSync(
    join(folder, '0002-second.sql'),
    `CREATE TABLE second (id INTEGER PRIMARY KEY, text TEXT) STRICT; UPDATE first SET text = text || '!';
     INSERT INTO second ${rows(megabytes * 1000)};`,
  )
  return readMigrations(folder)
}

test('[storage-migrations] a disk that is really full in the middle of a migration loses nothing, and there is room again', (context) => {
  const disk = smallDisk(12)
  if (disk === null) return context.skip('mounting takes a privileged user')
  const steps = migrations(12)
  const path = join(disk, 'mysticanvas.sqlite')
  const options = { backupFolder: join(disk, 'backups'), now: 0, freeBytes: () => Infinity }
  const database = openDatabase(path, { knownVersion: newestVersion(steps) })
  migrate(database, { ...options, migrations: steps.slice(0, 1) })
  const before = readAll(database, 'SELECT * FROM first')
  const attempt = () => migrate(database, { ...options, migrations: steps })
  expect(attempt).toThrow(expect.objectContaining({ code: 'disk_full' }))
  closeDatabase(database)

  const again = openDatabase(path, { knownVersion: newestVersion(steps) })
  expect(handleOf(again).pragma('integrity_check', { simple: true })).toBe('ok')
  expect(readAll(again, 'SELECT * FROM first')).toEqual(before)
  expect(readAll(again, `SELECT 1 FROM sqlite_schema WHERE name = 'second'`)).toEqual([])
  const backups = readdirSync(join(disk, 'backups'))
  expect(backups).toEqual([expect.stringMatching(/^before-0002-.*\.sqlite$/)])
  execFileSync('mount', ['-o', 'remount,size=100m', disk])
  expect(migrate(again, { ...options, migrations: steps })).toMatchObject({ from: 1, to: 2 })
  closeDatabase(again)
})

test('[storage-backup] a backup that the disk has no room for is refused with numbers, or leaves nothing where others were faster', async (context) => {
  const disk = smallDisk(4)
  if (disk === null) return context.skip('mounting takes a privileged user')
  const folder = temporaryFolder()
  const steps = migrations(4)
  const database = openDatabase(join(folder, 'mysticanvas.sqlite'), { knownVersion: newestVersion(steps) })
  onTestFinished(() => closeDatabase(database))
  migrate(database, { backupFolder: folder, now: 0, migrations: steps })
  const request = { dataFolder: folder, pictures: false, productVersion: '0', now: 0, tell: () => undefined }
  await expect(makeBackup(database, { ...request, target: join(disk, 'mine') })).rejects.toMatchObject({
    code: 'disk_full',
    details: { needed_bytes: expect.any(Number), free_bytes: expect.any(Number) },
  })
  expect(existsSync(join(disk, 'mine.partial'))).toBe(false)

  // Room enough at the look, and a file of somebody else in the middle of the work.
  execFileSync('mount', ['-o', 'remount,size=40m', disk])
  const crowd = () => writeFileSync(join(disk, 'crowd'), Buffer.alloc(36 * 1024 * 1024))
  await expect(
    makeBackup(database, { ...request, target: join(disk, 'mine'), tell: crowd }),
  ).rejects.toMatchObject({ code: 'disk_full' })
  expect(readdirSync(disk)).toEqual(['crowd'])
})

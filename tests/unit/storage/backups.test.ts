import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { listBackups } from '../../../orchestrator/storage/backups/list-backups.ts'
import { makeBackup } from '../../../orchestrator/storage/backups/make-backup.ts'
import { replaceDatabase } from '../../../orchestrator/storage/backups/replace-database.ts'
import { stageBackup } from '../../../orchestrator/storage/backups/stage-backup.ts'
import { readAll, type WritableDatabase } from '../../../orchestrator/storage/connection.ts'
import { closeDatabase } from '../../../orchestrator/storage/database.ts'
import {
  picturePath,
  resolveInside,
  uploadedPicturePath,
} from '../../../orchestrator/storage/picture-paths.ts'
import { digest, firstId, storePicture, storeUpload } from './backup-support.ts'
import { fileDatabase, storeGeneration, temporaryFolder } from './support.ts'

const files = { backup: 'backup.json', database: 'mysticanvas.sqlite', pictures: 'pictures.jsonl' }

async function gallery() {
  const folder = temporaryFolder()
  const database = fileDatabase(folder)
  for (const index of [0, 1]) await storePicture(database, folder, firstId + index)
  const upload = await storeUpload(database, folder)
  return { folder, database, upload, path: join(folder, 'mysticanvas.sqlite') }
}

function make(database: WritableDatabase, folder: string, target: string, pictures = false) {
  return makeBackup(database, {
    dataFolder: folder,
    target,
    pictures,
    productVersion: '1.2.3',
    now: 0,
    tell: () => undefined,
  })
}

async function backedUp(pictures = false) {
  const opened = await gallery()
  const target = join(opened.folder, 'backups', 'mine')
  return { ...opened, target, backup: await make(opened.database, opened.folder, target, pictures) }
}

const ids = (path: string) => {
  const handle = new Sqlite(path, { readonly: true })
  const found = handle.prepare('SELECT id FROM generations ORDER BY id').pluck().all()
  handle.close()
  return found
}

describe('making a backup', () => {
  test('[storage-backup] holds the database and names every picture file, with sizes and checksums', async () => {
    const { folder, target, backup, upload } = await backedUp()
    expect(readdirSync(target).toSorted()).toEqual(Object.values(files).toSorted())
    expect(JSON.parse(readFileSync(join(target, files.backup), 'utf8'))).toEqual(backup)
    expect(backup).toMatchObject({
      format: 1,
      product_version: '1.2.3',
      database: {
        sha256: digest(target, files.database),
        bytes: statSync(join(target, files.database)).size,
      },
      pictures: { sha256: digest(target, files.pictures), files: 7, included: false, missing: 0 },
    })
    const lines = readFileSync(join(target, files.pictures), 'utf8').trim().split('\n')
    const listed = lines.map((line) => JSON.parse(line) as { path: string; sha256: string; bytes: number })
    expect(listed.map(({ path }) => path)).toContain(uploadedPicturePath(upload))
    expect(new Set(listed.map(({ path }) => path)).size).toBe(7)
    for (const { path, sha256, bytes } of listed) {
      expect(digest(folder, path)).toBe(sha256)
      expect(statSync(join(folder, path)).size).toBe(bytes)
    }
    expect(ids(join(target, files.database))).toEqual([firstId, firstId + 1])
  })

  test('[storage-backup] takes originals and uploads along where that is asked for, and counts those that are not there', async () => {
    const { folder, database } = await gallery()
    rmSync(resolveInside(folder, picturePath(firstId, 'original')))
    const target = join(folder, 'elsewhere', 'mine')
    const { pictures } = await make(database, folder, target, true)
    expect(pictures).toMatchObject({ included: true, missing: 1 })
    expect(existsSync(join(target, picturePath(firstId + 1, 'original')))).toBe(true)
    expect(existsSync(join(target, picturePath(firstId + 1, 'thumbnail')))).toBe(false)
    expect(readdirSync(join(target, 'uploads'))).toHaveLength(1)
  })

  test('[storage-backup] refuses a place where something is', async () => {
    const { folder, database, target } = await backedUp()
    const before = digest(target, files.backup)
    await expect(make(database, folder, target)).rejects.toMatchObject({ code: 'backup_exists' })
    expect(digest(target, files.backup)).toBe(before)
  })

  test('[storage-backup] leaves nothing where it fails, and takes the place of what a crash left', async () => {
    const { folder, database } = await gallery()
    writeFileSync(join(folder, 'file'), '')
    await expect(make(database, folder, join(folder, 'file', 'mine'))).rejects.toThrow('ENOTDIR')
    mkdirSync(join(folder, 'mine.partial', 'half'), { recursive: true })
    await make(database, folder, join(folder, 'mine'))
    expect(readdirSync(folder)).not.toContain('mine.partial')
    expect(readdirSync(join(folder, 'mine'))).not.toContain('half')
  })
})

describe('restoring a backup', () => {
  test('[storage-restore] takes the place of the database, which is kept, and back again', async () => {
    const { folder, database, target, path } = await backedUp()
    storeGeneration(database, firstId + 9)
    closeDatabase(database)
    const [staged, undo] = [`${path}.restoring`, join(folder, 'backups', 'undo.sqlite')]
    expect(await stageBackup(target, staged)).toMatchObject({ format: 1 })
    expect(replaceDatabase(path, staged, undo)).toBe(true)
    expect(ids(path)).toEqual([firstId, firstId + 1])
    expect(ids(undo)).toEqual([firstId, firstId + 1, firstId + 9])
    expect(await stageBackup(undo, staged)).toBeNull()
    replaceDatabase(path, staged, join(folder, 'backups', 'second.sqlite'))
    expect(ids(path)).toEqual([firstId, firstId + 1, firstId + 9])
    expect(readdirSync(folder).filter((name) => name.includes('restoring'))).toEqual([])
  })

  test('[storage-restore] a database that was killed is kept with everything in its log', async () => {
    const { database, target, path } = await backedUp()
    storeGeneration(database, firstId + 9)
    const killed = temporaryFolder()
    for (const suffix of ['', '-wal']) cpSync(path + suffix, join(killed, `db.sqlite${suffix}`))
    expect(statSync(join(killed, 'db.sqlite-wal')).size).toBeGreaterThan(0)
    const [current, staged, undo] = ['db.sqlite', 'staged', 'undo'].map((name) => join(killed, name)) as [
      string,
      string,
      string,
    ]
    await stageBackup(target, staged)
    replaceDatabase(current, staged, undo)
    expect(ids(current)).toEqual([firstId, firstId + 1])
    expect(ids(undo)).toEqual([firstId, firstId + 1, firstId + 9])
  })

  test('[storage-restore] a damaged database is kept byte for byte with its log, which the new one does not get', async () => {
    const { target } = await backedUp()
    const folder = temporaryFolder()
    const [current, staged, kept] = ['db.sqlite', 'staged', 'kept'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ]
    writeFileSync(current, 'no database at all')
    writeFileSync(`${current}-wal`, 'no log at all')
    await stageBackup(target, staged)
    expect(replaceDatabase(current, staged, kept)).toBe(true)
    expect(readFileSync(kept, 'utf8')).toBe('no database at all')
    expect(readFileSync(`${kept}-wal`, 'utf8')).toBe('no log at all')
    expect(ids(current)).toHaveLength(2)
  })

  test('[storage-restore] into an empty folder, and of an older version, which the next opening migrates', async () => {
    const folder = temporaryFolder()
    const path = join(folder, 'mysticanvas.sqlite')
    const old = join(import.meta.dirname, '../../fixtures/databases/0001-foundation.sqlite')
    await stageBackup(old, `${path}.restoring`)
    expect(replaceDatabase(path, `${path}.restoring`, join(folder, 'undo'))).toBe(false)
    expect(readAll(fileDatabase(folder), 'SELECT id FROM generations')).toHaveLength(3)
  })

  test.each<[string, string, (target: string) => void]>([
    ['backup_not_found', 'is not there', (target) => rmSync(target, { recursive: true })],
    ['backup_not_found', 'has no description', (target) => rmSync(join(target, files.backup))],
    [
      'backup_invalid',
      'has half a description',
      (target) => writeFileSync(join(target, files.backup), '{"format": 1'),
    ],
    ['backup_invalid', 'is of another format', (target) => change(target, /"format": 1/, '"format": 2')],
    ['backup_invalid', 'has no database', (target) => rmSync(join(target, files.database))],
    ['backup_invalid', 'has another database', (target) => overwrite(join(target, files.database))],
    ['backup_invalid', 'has no list', (target) => rmSync(join(target, files.pictures))],
    ['backup_invalid', 'has another list', (target) => appendFileSync(join(target, files.pictures), '{}\n')],
  ])('[storage-restore] %s where it %s, and nothing is changed', async (code, _what, spoil) => {
    const { folder, target, path } = await backedUp()
    spoil(target)
    const before = digest(path)
    await expect(stageBackup(target, `${path}.restoring`)).rejects.toMatchObject({ code })
    expect(digest(path)).toBe(before)
    expect(readdirSync(folder).filter((name) => name.includes('restoring'))).toEqual([])
  })

  test.each<[string, string, (path: string) => void]>([
    ['database_damaged', 'no database', (path) => writeFileSync(path, 'a letter to my aunt'.repeat(100))],
    [
      'backup_invalid',
      'that of another program',
      (path) => makeDatabase(path, 'CREATE TABLE notes (text TEXT)'),
    ],
    [
      'database_newer',
      'newer',
      (path) => makeDatabase(path, 'CREATE TABLE notes (text TEXT); PRAGMA user_version = 9999'),
    ],
  ])('[storage-restore] %s where a single file is %s', async (code, _what, write) => {
    const folder = temporaryFolder()
    const source = join(folder, 'source.sqlite')
    write(source)
    await expect(stageBackup(source, join(folder, 'staged'))).rejects.toMatchObject({ code })
    expect(readdirSync(folder).filter((name) => name.startsWith('staged'))).toEqual([])
  })
})

test('[cli-repair] backups are listed newest first, whoever asked for them, and nothing else is', () => {
  const folder = temporaryFolder()
  const names = [
    'backup-20260102T000000000Z',
    'before-0003-20260103T000000000Z.sqlite',
    'before-0002-20260101T000000000Z.sqlite',
    'undo-20260109T000000000Z.sqlite',
    'backup-20260108T000000000Z.partial',
    'holiday.sqlite',
  ]
  for (const name of names) writeFileSync(join(folder, name), '')
  expect(listBackups(folder)).toEqual([names[1], names[0], names[2]].map((name) => join(folder, name ?? '')))
  expect(listBackups(join(folder, 'none'))).toEqual([])
})

function overwrite(path: string): void {
  const bytes = readFileSync(path)
  bytes.fill(0x20, bytes.length - 5, bytes.length)
  writeFileSync(path, bytes)
}

function change(target: string, pattern: RegExp, text: string): void {
  const path = join(target, files.backup)
  writeFileSync(path, readFileSync(path, 'utf8').replace(pattern, text))
}

function makeDatabase(path: string, sql: string): void {
  const handle = new Sqlite(path)
  handle.exec(sql)
  handle.close()
}

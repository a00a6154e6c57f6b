import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { ProductError } from '../../../contracts/errors.ts'
import { handleOf, readAll, write } from '../../../orchestrator/storage/connection.ts'
import { closeDatabase, openDatabase } from '../../../orchestrator/storage/database.ts'
import { migrate } from '../../../orchestrator/storage/migrate.ts'
import { newestVersion, readMigrations } from '../../../orchestrator/storage/migration-files.ts'
import { storeGeneration, temporaryFolder } from './support.ts'

/** A closed database with some pictures in it. */
function existing() {
  const folder = temporaryFolder()
  const path = join(folder, 'mysticanvas.sqlite')
  const database = openDatabase(path)
  migrate(database, { backupFolder: join(folder, 'backups'), now: 0 })
  for (let id = 1; id <= 50; id += 1) storeGeneration(database, id)
  closeDatabase(database)
  return { folder, path }
}

/** Everything in a folder, byte for byte. */
function contents(folder: string) {
  return readdirSync(folder).map((name) => ({
    name,
    bytes: readFileSync(join(folder, name)).toString('base64'),
  }))
}

describe('opening a database', () => {
  test('makes one where there is none, as it should be', () => {
    const path = join(temporaryFolder(), 'deep', 'mysticanvas.sqlite')
    const handle = handleOf(openDatabase(path))
    expect(handle.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(handle.pragma('synchronous', { simple: true })).toBe(2)
    expect(handle.pragma('foreign_keys', { simple: true })).toBe(1)
    expect(handle.pragma('busy_timeout', { simple: true })).toBe(5000)
    handle.close()
  })

  test('leaves one file behind when it is closed', () => {
    const { folder } = existing()
    expect(readdirSync(folder)).toEqual(['mysticanvas.sqlite'])
  })

  test('for reading only cannot write, and needs a file', () => {
    const { folder, path } = existing()
    const database = openDatabase(path, { readonly: true })
    expect(readAll(database, 'SELECT id FROM generations')).toHaveLength(50)
    // @ts-expect-error A connection for reading is not accepted by what writes.
    expect(() => write(database, 'DELETE FROM generations')).toThrow('The data folder cannot be written.')
    closeDatabase(database)
    expect(() => openDatabase(join(folder, 'other.sqlite'), { readonly: true })).toThrow('ENOENT')
    expect(existsSync(join(folder, 'other.sqlite'))).toBe(false)
  })

  test('for reading only works beside the writer, and sees what it wrote', () => {
    const { path } = existing()
    const writer = openDatabase(path)
    const reader = openDatabase(path, { readonly: true })
    storeGeneration(writer, 51)
    expect(readAll(reader, 'SELECT id FROM generations')).toHaveLength(51)
    closeDatabase(reader)
    storeGeneration(writer, 52)
    closeDatabase(writer)
  })

  test('takes over one that was made without a write-ahead log, as a restored backup is', () => {
    const { folder, path } = existing()
    const restored = join(folder, 'restored.sqlite')
    new Sqlite(path).prepare('VACUUM INTO ?').run(restored)
    const database = openDatabase(restored)
    expect(handleOf(database).pragma('journal_mode', { simple: true })).toBe('wal')
    expect(readAll(database, 'SELECT id FROM generations')).toHaveLength(50)
    closeDatabase(database)
  })
})

/** With what code each way of opening a database is refused. */
function refusals(path: string) {
  const ways = [() => openDatabase(path), () => openDatabase(path, { readonly: true })]
  return ways.map((open) => {
    try {
      closeDatabase(open())
      return 'opened'
    } catch (error) {
      return error instanceof ProductError ? error.code : error
    }
  })
}

describe('a database that cannot be used is refused and left byte for byte', () => {
  test('when it is newer than this program', () => {
    const { folder, path } = existing()
    const handle = new Sqlite(path)
    handle.pragma(`user_version = ${newestVersion(readMigrations()) + 1}`)
    handle.close()
    const before = contents(folder)
    expect(refusals(path)).toEqual(['database_newer', 'database_newer'])
    expect(contents(folder)).toEqual(before)
  })

  test('when it is newer and its writer was killed', () => {
    const { folder, path } = existing()
    const handle = new Sqlite(path)
    handle.pragma(`user_version = ${newestVersion(readMigrations()) + 1}`)
    const copy = temporaryFolder()
    for (const { name, bytes } of contents(folder))
      writeFileSync(join(copy, name), Buffer.from(bytes, 'base64'))
    handle.close()
    expect(readdirSync(copy)).toContain('mysticanvas.sqlite-wal')
    const before = contents(copy).filter(({ name }) => !name.endsWith('-shm'))
    expect(refusals(join(copy, 'mysticanvas.sqlite'))).toEqual(['database_newer', 'database_newer'])
    expect(contents(copy).filter(({ name }) => !name.endsWith('-shm'))).toEqual(before)
  })

  test.each<[string, (path: string) => void]>([
    ['it is no database', (path) => writeFileSync(path, 'Something else. '.repeat(1000))],
    ['it is empty', (path) => truncateSync(path, 0)],
    ['it is cut off', (path) => truncateSync(path, readFileSync(path).length - 8192)],
    ['it is cut off in its header', (path) => truncateSync(path, 60)],
    ['its schema is overwritten', (path) => overwrite(path, 100, 2000)],
    ['a table is overwritten', (path) => overwrite(path, readFileSync(path).length - 4096 * 3, 3000)],
  ])('when %s', (_name, damage) => {
    const { folder, path } = existing()
    damage(path)
    const before = contents(folder)
    expect(refusals(path)).toEqual(['database_damaged', 'database_damaged'])
    expect(contents(folder)).toEqual(before)
  })
})

function overwrite(path: string, offset: number, length: number) {
  const bytes = readFileSync(path)
  bytes.fill(0xa5, offset, offset + length)
  writeFileSync(path, bytes)
}

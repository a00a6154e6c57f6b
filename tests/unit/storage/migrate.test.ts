import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, test, vi } from 'vitest'
import type { ProductError } from '../../../contracts/errors.ts'
import { handleOf, readAll, type WritableDatabase } from '../../../orchestrator/storage/connection.ts'
import { closeDatabase, openDatabase } from '../../../orchestrator/storage/database.ts'
import { migrate } from '../../../orchestrator/storage/migrate.ts'
import { newestVersion, readMigrations } from '../../../orchestrator/storage/migration-files.ts'
import { temporaryFolder } from './support.ts'

const steps = {
  '0001-words.sql':
    "CREATE TABLE words (id INTEGER PRIMARY KEY, word TEXT) STRICT; INSERT INTO words VALUES (1, 'one');",
  '0002-uses.sql':
    'CREATE TABLE uses (word INTEGER REFERENCES words (id) ON DELETE CASCADE) STRICT; INSERT INTO uses VALUES (1);',
  '0003-rebuild.sql': `CREATE TABLE new_words (id INTEGER PRIMARY KEY, word TEXT NOT NULL) STRICT;
    INSERT INTO new_words SELECT id, word FROM words; DROP TABLE words; ALTER TABLE new_words RENAME TO words;`,
  '0004-more.sql': 'ALTER TABLE words ADD COLUMN more TEXT;',
  '0005-most.sql': 'ALTER TABLE words ADD COLUMN most TEXT;',
}

function workplace() {
  const folder = temporaryFolder()
  const path = join(folder, 'mysticanvas.sqlite')
  const backupFolder = join(folder, 'backups')
  let time = 0
  return {
    folder,
    path,
    backups: () => (existsSync(backupFolder) ? readdirSync(backupFolder).toSorted() : []),
    backupFolder,
    /** Opens, migrates with these files and closes, whatever comes of it. */
    run(
      files: Record<string, string>,
      options: {
        freeBytes?: () => number
        look?: (database: WritableDatabase) => void
        /** How many pages the database may grow by: SQLite takes a larger one for a full disk. */
        pages?: number
      } = {},
    ) {
      const { freeBytes, look, pages } = options
      const migrationsFolder = temporaryFolder()
      for (const [name, sql] of Object.entries(files)) writeFileSync(join(migrationsFolder, name), sql)
      const migrations = readMigrations(migrationsFolder)
      const database = openDatabase(path, { knownVersion: newestVersion(migrations) })
      try {
        time += 1000
        const handle = handleOf(database)
        const present = Number(handle.pragma('page_count', { simple: true }))
        if (pages !== undefined) handle.pragma(`max_page_count = ${present + pages}`)
        const report = migrate(database, {
          backupFolder,
          now: time,
          migrations,
          ...(freeBytes && { freeBytes }),
        })
        look?.(database)
        return report
      } finally {
        closeDatabase(database)
      }
    },
  }
}

const upTo = (count: number) => Object.fromEntries(Object.entries(steps).slice(0, count))

describe('migrating', () => {
  test('runs the steps that are missing, and keeps what refers to a table that is rebuilt', () => {
    const place = workplace()
    expect(place.run(upTo(2))).toEqual({ from: 0, to: 2, backup: null })
    const look = vi.fn<(database: WritableDatabase) => void>((database) => {
      expect(readAll(database, 'SELECT * FROM uses JOIN words ON id = uses.word')).toHaveLength(1)
      expect(readAll(database, 'SELECT version, name FROM migrations')).toEqual([
        { version: 1, name: '0001-words' },
        { version: 2, name: '0002-uses' },
        { version: 3, name: '0003-rebuild' },
      ])
      expect(handleOf(database).pragma('foreign_keys', { simple: true })).toBe(1)
    })
    expect(place.run(upTo(3), { look })).toMatchObject({ from: 2, to: 3 })
    expect(look).toHaveBeenCalledOnce()
    expect(place.run(upTo(3))).toEqual({ from: 3, to: 3, backup: null })
  })

  test('saves a sound copy of the version before, and keeps the last three', () => {
    const place = workplace()
    for (const count of [1, 2, 3, 4, 5]) place.run(upTo(count))
    expect(place.backups()).toEqual([
      'before-0003-19700101T000003000Z.sqlite',
      'before-0004-19700101T000004000Z.sqlite',
      'before-0005-19700101T000005000Z.sqlite',
    ])
    const copy = new Sqlite(join(place.backupFolder, 'before-0003-19700101T000003000Z.sqlite'))
    expect(copy.pragma('user_version', { simple: true })).toBe(2)
    expect(copy.prepare('SELECT word FROM words').all()).toEqual([{ word: 'one' }])
    copy.close()
  })

  test('removes half a backup that a crash left, and no file of others', () => {
    const place = workplace()
    place.run(upTo(1))
    mkdirSync(place.backupFolder)
    writeFileSync(join(place.backupFolder, 'before-0002-19700101T000001000Z.sqlite.partial'), 'half')
    writeFileSync(join(place.backupFolder, 'before-0002-19700101T000001000Z.sqlite.partial-journal'), 'half')
    writeFileSync(join(place.backupFolder, 'mine.sqlite'), 'mine')
    place.run(upTo(2))
    expect(place.backups()).toEqual(['before-0002-19700101T000002000Z.sqlite', 'mine.sqlite'])
  })

  test('needs free space, and says how much', () => {
    const place = workplace()
    place.run(upTo(1))
    const attempt = () => place.run(upTo(2), { freeBytes: () => 1000 })
    expect(attempt).toThrow(
      expect.objectContaining({ code: 'disk_full', details: expect.objectContaining({ free_bytes: 1000 }) }),
    )
    expect(place.backups()).toEqual([])
    expect(place.run(upTo(1), { freeBytes: () => 0 }).to).toBe(1)
  })

  test('a disk that is full in the middle of a step, at whatever page, leaves no trace, and the next start goes on', () => {
    const place = workplace()
    place.run(upTo(2))
    const fill = `CREATE TABLE extra (text TEXT) STRICT; INSERT INTO extra
      WITH RECURSIVE numbers (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers LIMIT 60)
      SELECT hex(randomblob(500)) FROM numbers; UPDATE words SET word = word || ' more';`
    const attempt = (pages: number): string => {
      try {
        return `version ${place.run({ ...upTo(2), '0003-fill.sql': fill }, { pages }).to}`
      } catch (error) {
        return (error as ProductError).code
      }
    }
    let pages = 1
    let outcome = attempt(pages)
    for (; outcome === 'disk_full'; outcome = attempt((pages += 1))) {
      const look = vi.fn<(database: WritableDatabase) => void>((database) => {
        expect(handleOf(database).pragma('integrity_check', { simple: true })).toBe('ok')
        expect(readAll(database, 'SELECT word FROM words')).toEqual([{ word: 'one' }])
        expect(readAll(database, `SELECT 1 FROM sqlite_schema WHERE name = 'extra'`)).toEqual([])
      })
      expect(place.run(upTo(2), { look }).from).toBe(2)
      expect(look).toHaveBeenCalledOnce()
    }
    expect(outcome).toBe('version 3')
    expect(pages).toBeGreaterThan(5)
    expect(place.backups()).toHaveLength(3)
  })

  test.each([
    ['a mistake', 'CREATE TABLE extra (id INTEGER) STRICT; INSERT INTO nowhere VALUES (1);'],
    ['a reference to nothing', 'CREATE TABLE extra (id INTEGER) STRICT; INSERT INTO uses VALUES (9);'],
    ['its own end of the transaction', 'CREATE TABLE extra (id INTEGER) STRICT; ROLLBACK;'],
  ])('a step with %s leaves no trace', (_name, sql) => {
    const place = workplace()
    place.run(upTo(2))
    const attempt = () => place.run({ ...upTo(2), '0003-bad.sql': sql })
    const details = { migration: '0003-bad' }
    expect(attempt).toThrow(expect.objectContaining({ code: 'migration_failed', details }))
    const look = vi.fn<(database: WritableDatabase) => void>((database) => {
      expect(readAll(database, `SELECT 1 FROM sqlite_schema WHERE name = 'extra'`)).toEqual([])
      expect(readAll(database, 'SELECT max(version) AS version FROM migrations')).toEqual([{ version: 2 }])
    })
    expect(place.run(upTo(2), { look }).from).toBe(2)
    expect(look).toHaveBeenCalledOnce()
  })

  test('refuses an applied step that was changed since, by its name', () => {
    const place = workplace()
    place.run(upTo(2))
    const attempt = () =>
      place.run({ ...upTo(3), '0002-uses.sql': 'CREATE TABLE uses (word INTEGER) STRICT;' })
    expect(attempt).toThrow('Migration 0002-uses is not the one this database was built with.')
    expect(place.backups()).toEqual([])
  })

  test('other line ends do not make another step', () => {
    const place = workplace()
    place.run({ '0001-words.sql': 'CREATE TABLE words\n(id INTEGER);\n' })
    expect(place.run({ '0001-words.sql': 'CREATE TABLE words\r\n(id INTEGER);\r\n' }).to).toBe(1)
  })

  test('refuses a version without a record of how it came to be', () => {
    const place = workplace()
    const handle = new Sqlite(place.path)
    handle.pragma('user_version = 1')
    handle.close()
    expect(() => place.run(upTo(2))).toThrow(expect.objectContaining({ code: 'migration_failed' }))
  })

  test.each([
    [{ '0002-second.sql': '' }, 'Expected migration 1 and found 0002-second.sql'],
    [{ '0001-a.sql': '', '0001-b.sql': '' }, 'Expected migration 2 and found 0001-b.sql'],
    [{ '1-short.sql': '' }, 'Expected migration 1 and found 1-short.sql'],
  ])('refuses the files %o', (files, message) => {
    expect(() => workplace().run(files)).toThrow(message)
  })
})

import { cpSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { recipeSchema } from '../../../contracts/entities/recipe.ts'
import { handleOf, readAll, type WritableDatabase } from '../../../orchestrator/storage/connection.ts'
import { closeDatabase, openDatabase } from '../../../orchestrator/storage/database.ts'
import { getGeneration } from '../../../orchestrator/storage/generations.ts'
import { migrate } from '../../../orchestrator/storage/migrate.ts'
import { newestVersion, readMigrations } from '../../../orchestrator/storage/migration-files.ts'
import { buildDatabase } from '../../fixtures/databases/build.ts'
import { temporaryFolder } from './support.ts'

const fixtures = join(import.meta.dirname, '../../fixtures/databases')
const migrations = readMigrations()
const released = readdirSync(fixtures).filter((name) => name.endsWith('.sqlite'))
const first = 1_700_000_000_000 * 1024

type Row = Readonly<Record<string, unknown>>

function opened(path: string): WritableDatabase {
  const database = openDatabase(path)
  onTestFinished(() => closeDatabase(database))
  return database
}

/** Every row of every table of our own, by table. */
function everything(database: WritableDatabase): Map<string, Row[]> {
  const tables = handleOf(database).pragma('table_list') as { name: string; type: string }[]
  const own = tables.filter(({ name, type }) => type === 'table' && !/^(sqlite_|migrations$)/.test(name))
  return new Map(own.map(({ name }) => [name, readAll<Row>(database, `SELECT * FROM "${name}"`)]))
}

/** A migration may add tables, columns and rows; what people had before it must all be there, as it was. */
function expectKept(before: Map<string, Row[]>, after: Map<string, Row[]>): void {
  for (const [table, rows] of before) {
    const present = after.get(table)
    expect(present, table).toBeDefined()
    for (const row of rows)
      expect(present, table).toContainEqual(expect.objectContaining(sharedWith(row, present)))
  }
}

/** A row without the columns that a migration took away. */
function sharedWith(row: Row, present: readonly Row[] = []): Row {
  const [example = {}] = present
  return Object.fromEntries(Object.entries(row).filter(([column]) => column in example))
}

function expectSound(database: WritableDatabase): void {
  const handle = handleOf(database)
  expect(handle.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }])
  expect(handle.pragma('foreign_key_check')).toEqual([])
  handle.exec(`INSERT INTO generations_fts (generations_fts) VALUES ('integrity-check')`)
}

describe('the migrations', () => {
  test.each(migrations.slice(1))(
    '[storage-migrations] $name keeps everything of the version before it',
    ({ version }) => {
      const folder = temporaryFolder()
      const database = buildDatabase(join(folder, 'mysticanvas.sqlite'), version - 1)
      onTestFinished(() => closeDatabase(database))
      const before = everything(database)
      expect([...before.values()].flat().length).toBeGreaterThan(8)
      const options = { backupFolder: folder, now: 0, migrations: migrations.slice(0, version) }
      expect(migrate(database, options)).toMatchObject({ from: version - 1, to: version })
      expectKept(before, everything(database))
      expectSound(database)
      expect(migrate(database, options)).toMatchObject({ from: version, to: version, backup: null })
    },
  )
})

describe('a database of a released version', () => {
  test('[storage-migrations] is there for each version that was', () => {
    expect(released.length).toBeGreaterThanOrEqual(2)
    expect(released).toEqual(migrations.slice(0, released.length).map(({ name }) => `${name}.sqlite`))
  })

  test.each(released)('[storage-migrations] %s becomes one of today, with everything in it', (name) => {
    const folder = temporaryFolder()
    const path = join(folder, 'mysticanvas.sqlite')
    cpSync(join(fixtures, name), path)
    const database = opened(path)
    const before = everything(database)
    const version = Number(name.slice(0, 4))
    const report = migrate(database, { backupFolder: join(folder, 'backups'), now: 0 })
    expect(report).toMatchObject({ from: version, to: newestVersion(migrations) })
    expectKept(before, everything(database))
    expectSound(database)
    for (const id of [first, first + 1, first + 2])
      expect(recipeSchema.safeParse(getGeneration(database, id)?.recipe).error).toBeUndefined()
    const found = `SELECT rowid AS id FROM generations_fts WHERE generations_fts MATCH 'cafe boat'`
    expect(readAll(database, found)).toEqual([{ id: first }])
  })
})

import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readAll, transaction } from '../../../orchestrator/storage/connection.ts'
import { findTableDamage, listCheckedTables } from '../../../orchestrator/storage/damage.ts'
import {
  closeDatabase,
  closeWithoutFolding,
  holdFolding,
  openCheckedForReading,
  openDatabase,
} from '../../../orchestrator/storage/database.ts'
import { migrate } from '../../../orchestrator/storage/migrate.ts'
import { storeGeneration, temporaryFolder } from './support.ts'

const pageSize = 4096

/** A closed database with enough pictures for tables of several levels. */
function gallery(count = 2000): string {
  const folder = temporaryFolder()
  const path = join(folder, 'mysticanvas.sqlite')
  const database = openDatabase(path)
  migrate(database, { backupFolder: join(folder, 'backups'), now: 0 })
  transaction(database, () => {
    for (let id = 1; id <= count; id += 1) storeGeneration(database, id)
  })
  closeDatabase(database)
  return path
}

/** Overwrites the page in the middle of a table. */
function damageMiddle(path: string): void {
  const bytes = readFileSync(path)
  // Rows of this table hold their recipe, so the page around the middle one is a leaf of it.
  const page = Math.floor(bytes.indexOf(`request-1000`) / pageSize)
  writeFileSync(path, bytes.fill(0xa5, page * pageSize, (page + 1) * pageSize))
}

const digest = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')

function opened(path: string, check: 'full' | 'surface'): string {
  try {
    closeDatabase(openDatabase(path, { check, readonly: true }))
    return 'opened'
  } catch (error) {
    return (error as { code: string }).code
  }
}

describe('a look at the surface', () => {
  test('finds nothing wrong with a sound one', () => {
    expect(opened(gallery(), 'surface')).toBe('opened')
  })

  test.each<[string, (path: string) => void]>([
    ['it is cut off', (path) => truncateSync(path, statSync(path).size - 10 * pageSize)],
    [
      'it has something appended',
      (path) => writeFileSync(path, Buffer.concat([readFileSync(path), Buffer.alloc(pageSize)])),
    ],
    ['its header is overwritten', (path) => writeFileSync(path, readFileSync(path).fill(0xa5, 0, 60))],
    ['its schema is overwritten', (path) => writeFileSync(path, readFileSync(path).fill(0xa5, 100, 3000))],
  ])('[storage-start-bounded] refuses a file when %s', (_name, damage) => {
    const path = gallery()
    damage(path)
    const before = digest(path)
    expect(opened(path, 'surface')).toBe('database_damaged')
    expect(digest(path)).toBe(before)
  })

  test('[storage-start-bounded] what it cannot see, the check of every table finds', () => {
    const path = gallery()
    damageMiddle(path)
    expect(opened(path, 'surface')).toBe('opened')
    expect(opened(path, 'full')).toBe('database_damaged')
    const database = openCheckedForReading(path)
    const tables = listCheckedTables(database)
    expect(tables).toContain('generations')
    expect(tables.slice(-2).toSorted()).toEqual(['conversations_fts', 'generations_fts'])
    const damaged = tables.filter((table) => findTableDamage(database, table).length > 0)
    expect(damaged).toContain('generations')
    closeDatabase(database)
  })

  test('[storage-start-bounded] one that is to be migrated is read as a whole', () => {
    const path = gallery()
    damageMiddle(path)
    expect(() => openDatabase(path, { check: 'surface', knownVersion: 99 })).toThrow(
      expect.objectContaining({ code: 'database_damaged' }),
    )
  })
})

describe('a file that is not to be written over', () => {
  test('[storage-start-bounded] stays as it is while much is written, and nothing of that is lost', () => {
    const path = gallery(10)
    const before = digest(path)
    const database = openDatabase(path)
    holdFolding(database)
    for (let id = 100; id < 3000; id += 1) storeGeneration(database, id)
    expect(digest(path)).toBe(before)
    closeWithoutFolding(database)
    expect(digest(path)).toBe(before)
    expect(existsSync(`${path}-wal`)).toBe(true)
    const again = openDatabase(path)
    expect(readAll(again, 'SELECT count(*) AS count FROM generations')).toEqual([{ count: 2910 }])
    closeDatabase(again)
    expect(digest(path)).not.toBe(before)
  })
})

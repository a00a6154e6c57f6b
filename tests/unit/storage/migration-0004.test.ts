import Sqlite from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import {
  asWritable,
  readAll,
  write,
  type WritableDatabase,
} from '../../../orchestrator/storage/connection.ts'
import { readMigrations } from '../../../orchestrator/storage/migration-files.ts'
import { storeOldGeneration } from './support.ts'

const migrations = readMigrations()
const step = migrations.findIndex(({ name }) => name.includes('collections'))

/** A gallery of the version before, with two pictures and a tag, brought up to date. */
function migrated(): WritableDatabase {
  const handle = new Sqlite(':memory:')
  handle.pragma('foreign_keys = ON')
  for (const { sql } of migrations.slice(0, step)) handle.exec(sql)
  storeOldGeneration(handle, 1, 'a red boat')
  storeOldGeneration(handle, 2, 'a tower')
  handle.exec(`INSERT INTO tags (id, name, normalized_name, created_at) VALUES (7, 'sea', 'sea', 0);
    INSERT INTO generation_tags VALUES (1, 7, 'user', NULL)`)
  for (const { sql } of migrations.slice(step)) handle.exec(sql)
  return asWritable(handle)
}

const found = (database: WritableDatabase, match: string) =>
  readAll<{ id: number }>(
    database,
    'SELECT rowid AS id FROM generations_fts WHERE generations_fts MATCH :match ORDER BY rowid',
    { match },
  ).map(({ id }) => id)

describe('the migration to collections', () => {
  test('[collections-migration] keeps every picture and what it is found by', () => {
    const database = migrated()
    expect(found(database, 'boat')).toEqual([1])
    expect(found(database, 'marks : e')).toEqual([1, 2])
    expect(found(database, 'marks : t7')).toEqual([1])
    write(database, `UPDATE generations SET notes = 'for Anna' WHERE id = 1`)
    expect(found(database, 'anna AND marks : t7')).toEqual([1])
  })

  test('[collections-migration] marks and counts what is put together from now on', () => {
    const database = migrated()
    const counts = () => readAll(database, 'SELECT id, pictures FROM collections')
    write(database, `INSERT INTO collections (id, name, normalized_name, created_at) VALUES (3, 'A', 'a', 0)`)
    write(database, 'INSERT INTO collection_members SELECT 3, id, 0 FROM generations')
    expect(found(database, 'marks : c3')).toEqual([1, 2])
    expect(counts()).toEqual([{ id: 3, pictures: 2 }])
    write(database, 'UPDATE generations SET deleted_at = 1 WHERE id = 1')
    expect([found(database, 'marks : c3'), counts()]).toEqual([[2], [{ id: 3, pictures: 1 }]])
    write(database, 'DELETE FROM generations')
    expect([found(database, 'marks : c3'), counts()]).toEqual([[], [{ id: 3, pictures: 0 }]])
  })
})

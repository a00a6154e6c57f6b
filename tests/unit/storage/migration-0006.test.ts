import { cpSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { readOne } from '../../../orchestrator/storage/connection.ts'
import { listStatement, listStyles } from '../../../orchestrator/storage/style-list.ts'
import { readMigrations } from '../../../orchestrator/storage/migration-files.ts'
import { fileDatabase, queryPlan, temporaryFolder } from './support.ts'

const fixture = join(import.meta.dirname, '../../fixtures/databases/0001-foundation.sqlite')

test('[styles-migration] the migration to styles keeps what is there, pictures and styles', () => {
  const folder = temporaryFolder()
  cpSync(fixture, join(folder, 'mysticanvas.sqlite'))
  const database = fileDatabase(folder)
  expect(listStyles(database, { query: '', cursor: null, limit: 9 })).toEqual([])
  expect(readOne(database, 'SELECT count(*) AS count FROM generations')).toEqual({ count: 3 })
  const parameters = { cursor: 1, words: '[]', limit: 9 }
  expect(queryPlan(database, listStatement, parameters)).not.toContain('TEMP B-TREE')
})

test('[styles-migration] a style of the version before becomes a person’s own', () => {
  const handle = new Sqlite(':memory:')
  const migrations = readMigrations()
  const step = migrations.findIndex(({ name }) => name.includes('styles'))
  for (const { sql } of migrations.slice(0, step)) handle.exec(sql)
  handle.exec(`INSERT INTO styles (name, normalized_name, prompt_template, source, created_at, updated_at)
    VALUES ('Ink', 'ink', '{prompt}, ink', 'built_in', 1, 2)`)
  handle.exec(migrations[step]?.sql ?? '')
  expect(handle.prepare('SELECT name, source, origin, deleted_at, search_text FROM styles').all()).toEqual([
    { name: 'Ink', source: 'own', origin: null, deleted_at: null, search_text: 'ink' },
  ])
  const twice = `INSERT INTO styles (name, normalized_name, prompt_template, source, search_text, created_at, updated_at)
    VALUES ('INK', 'ink', 'x', 'own', '', 1, 1)`
  expect(() => handle.exec(twice)).toThrow('UNIQUE')
  handle.exec('UPDATE styles SET deleted_at = 3')
  handle.exec(twice)
})

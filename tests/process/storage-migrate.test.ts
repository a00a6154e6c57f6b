import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { handleOf, readAll } from '../../orchestrator/storage/connection.ts'
import { closeDatabase, openDatabase } from '../../orchestrator/storage/database.ts'
import { temporaryFolder } from '../unit/storage/support.ts'
import { startProgram, wait } from './storage-programs.ts'

const steps = 6
const rows = 20_000

/** Each step adds its own rows and changes those of the one before, so that half a step would show. */
function migrationsUpTo(last: number): string {
  const folder = temporaryFolder()
  for (let step = 1; step <= last; step += 1) {
    const sql = `CREATE TABLE step_${step} (id INTEGER PRIMARY KEY, text TEXT) STRICT;
      INSERT INTO step_${step} SELECT value, hex(randomblob(40)) FROM generate_series(1, ${rows});
      ${step > 1 ? `UPDATE step_${step - 1} SET text = 'seen by ${step}';` : ''}`
    writeFileSync(join(folder, `000${step}-step.sql`), sql.replace(/generate_series\(1, (\d+)\)/, series))
  }
  return folder
}

/** SQLite is built without generate_series. */
function series(_text: string, count: string): string {
  return `(WITH RECURSIVE numbers (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM numbers LIMIT ${count}) SELECT value FROM numbers)`
}

/** How many steps a database has behind it; fails where one of them is not whole. */
function expectWholeSteps(path: string): number {
  if (!existsSync(path)) return 0
  const database = openDatabase(path, { knownVersion: steps })
  const version = Number(handleOf(database).pragma('user_version', { simple: true }))
  const tables = readAll<{ name: string }>(
    database,
    `SELECT name FROM sqlite_schema WHERE name LIKE 'step_%'`,
  )
  expect(tables).toHaveLength(version)
  const ledger = version === 0 ? [] : readAll(database, 'SELECT version FROM migrations')
  expect(ledger).toHaveLength(version)
  for (let step = 1; step <= version; step += 1) {
    const seen = `count(*) FILTER (WHERE text = 'seen by ${step + 1}')`
    const counts = readAll(database, `SELECT count(*) AS all_rows, ${seen} AS seen FROM step_${step}`)
    expect(counts).toEqual([{ all_rows: rows, seen: step < version ? rows : 0 }])
  }
  closeDatabase(database)
  return version
}

/** The backups of a folder, but for unfinished ones, that are not as sound as they should be. */
function unsoundBackups(folder: string): string[] {
  const backups = join(folder, 'backups')
  if (!existsSync(backups)) return []
  const finished = readdirSync(backups).filter((name) => name.endsWith('.sqlite'))
  return finished.filter((name) => {
    const backup = new Sqlite(join(backups, name), { readonly: true })
    const findings = backup.pragma('integrity_check', { simple: true })
    backup.close()
    return findings !== 'ok'
  })
}

test('[storage-migrations] a migration that is killed at any moment goes on where it was', async () => {
  const migrations = migrationsUpTo(steps)
  const before = migrationsUpTo(2)
  const undisturbed = temporaryFolder()
  const whole = startProgram('migrate', undisturbed, migrations)
  await whole.says('begun')
  const beginning = performance.now()
  expect(await whole.ended).toBe(0)
  const duration = performance.now() - beginning

  const reached = new Set<number>()
  for (let turn = 0; turn < 4; turn += 1) {
    const folder = temporaryFolder()
    const path = join(folder, 'mysticanvas.sqlite')
    // The first turn starts from nothing, the others from a database to be backed up.
    if (turn > 0) await startProgram('migrate', folder, before).ended
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const program = startProgram('migrate', folder, migrations)
      await program.says('begun')
      await wait(Math.random() * duration)
      await program.kill()
      reached.add(expectWholeSteps(path))
    }
    expect(await startProgram('migrate', folder, migrations).ended).toBe(0)
    expect(expectWholeSteps(path)).toBe(steps)
    expect(unsoundBackups(folder)).toEqual([])
  }
  expect(reached.size).toBeGreaterThan(1)
})

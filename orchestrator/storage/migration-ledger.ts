import type Sqlite from 'better-sqlite3'
import { ProductError } from '../../contracts/errors.ts'
import type { Migration } from './migration-files.ts'

interface LedgerRow {
  readonly version: number
  readonly name: string
  readonly sha256: string
}

/** Makes the table that remembers which migrations were applied, where it is not there yet. */
export function createLedger(handle: Sqlite.Database): void {
  handle.exec(`CREATE TABLE IF NOT EXISTS migrations (
    version INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, applied_at INTEGER NOT NULL
  ) STRICT`)
}

/** Remembers a migration, in the transaction that applies it. */
export function recordMigration(handle: Sqlite.Database, migration: Migration, now: number): void {
  handle
    .prepare('INSERT INTO migrations (version, name, sha256, applied_at) VALUES (?, ?, ?, ?)')
    .run(migration.version, migration.name, migration.sha256, now)
}

/**
 * Refuses a database that was built by other steps than those of this program.
 *
 * @throws ProductError `migration_failed` naming the step that differs
 */
export function checkLedger(
  handle: Sqlite.Database,
  version: number,
  migrations: readonly Migration[],
): void {
  if (version === 0) return
  const ledger = new Map(readLedger(handle).map((row) => [row.version, row]))
  for (const migration of migrations.slice(0, version)) {
    if (ledger.get(migration.version)?.sha256 === migration.sha256) continue
    const name = ledger.get(migration.version)?.name ?? migration.name
    throw new ProductError(
      'migration_failed',
      `Migration ${name} is not the one this database was built with.`,
      {
        details: { migration: name },
      },
    )
  }
}

function readLedger(handle: Sqlite.Database): LedgerRow[] {
  const exists = handle.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'migrations'`).get() !== undefined
  return exists ? (handle.prepare('SELECT version, name, sha256 FROM migrations').all() as LedgerRow[]) : []
}

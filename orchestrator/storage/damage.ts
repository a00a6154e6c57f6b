import type Sqlite from 'better-sqlite3'
import { ProductError } from '../../contracts/errors.ts'
import { handleOf, readAll, type ReadableDatabase } from './connection.ts'
import { storageErrorFrom } from './storage-error.ts'

/** Findings beyond these say nothing new. */
const mostFindings = 10

/** Reads a whole database and names what is wrong with it; at a million pictures that takes more than ten seconds. */
export function findDamage(handle: Sqlite.Database): string[] {
  return complaints(handle.pragma(`quick_check(${mostFindings})`))
}

/**
 * The tables of a database, for `findTableDamage`. The index of words comes last: it takes longest, and can be made anew
 * from the others.
 */
export function listCheckedTables(database: ReadableDatabase): string[] {
  const sql = `SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%fts5vocab%'
    ORDER BY sql LIKE 'CREATE VIRTUAL%', rowid`
  return ['sqlite_schema', ...readAll<{ name: string }>(database, sql).map(({ name }) => name)]
}

/** Reads one table with its indexes and names what is wrong with it: a check that can be stopped between two tables. */
export function findTableDamage(database: ReadableDatabase, table: string): string[] {
  try {
    return complaints(handleOf(database).pragma(`quick_check('${table.replaceAll("'", "''")}')`))
  } catch (error) {
    const known = storageErrorFrom(error)
    // Some damage ends the check itself.
    if (known instanceof ProductError && known.code === 'database_damaged')
      return [`${table}: ${(error as Error).message}`]
    throw known
  }
}

function complaints(findings: unknown): string[] {
  return (findings as { quick_check: string }[])
    .map((finding) => finding.quick_check)
    .filter((finding) => finding !== 'ok')
    .slice(0, mostFindings)
}

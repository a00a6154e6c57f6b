import type Sqlite from 'better-sqlite3'
import { storageErrorFrom } from './storage-error.ts'

/*
 * The storage of MystiCanvas, in the order of its life:
 *
 *   lock.ts              one owner per data folder
 *   database.ts          open (checks a file before touching it), close
 *   migrate.ts           bring the file up to date, with a backup first
 *   identifiers.ts       time-sortable ids
 *   generations.ts, generation-files.ts, jobs.ts, events.ts, presets.ts, uploaded-pictures.ts, file-hashes.ts,
 *   tags.ts, generation-tags.ts, generation-lineage.ts, collections.ts, styles.ts, style-previews.ts, browser-sessions.ts,
 *   conversations.ts, messages.ts
 *                        one file of functions per topic
 *   search/              what people type, as statements;  reader-thread.ts  where they run
 *   picture-files.ts     pictures on disk;  png-recipe.ts  recipes inside them
 *
 * Every function takes its connection first. A `ReadableDatabase` can only be read: the functions that write ask for a
 * `WritableDatabase`, and the helpers below also refuse a writing statement at run time. Times are integer milliseconds
 * since 1970, given by the caller. Rows and their fields are snake_case, as in the database.
 */

const connection: unique symbol = Symbol('connection')
const writable: unique symbol = Symbol('writable')

interface Connection {
  readonly handle: Sqlite.Database
  readonly statements: Map<string, Sqlite.Statement>
}

/** A connection that can be read from. */
export interface ReadableDatabase {
  readonly [connection]: Connection
}

/** A connection that can also be written to. There is one per data folder. */
export interface WritableDatabase extends ReadableDatabase {
  readonly [writable]: true
}

/** Values for the named parameters of a statement. */
export type Parameters = Readonly<Record<string, string | number | null>>

/** Brands a connection of better-sqlite3 that may only be read. */
export function asReadable(handle: Sqlite.Database): ReadableDatabase {
  return { [connection]: { handle, statements: new Map() } }
}

/** Brands a connection of better-sqlite3 that may be written. */
export function asWritable(handle: Sqlite.Database): WritableDatabase {
  return { ...asReadable(handle), [writable]: true }
}

/** The connection of better-sqlite3 itself: for opening, migrating, backing up and query plans, not for topics. */
export function handleOf(database: ReadableDatabase): Sqlite.Database {
  return database[connection].handle
}

/** Runs a reading statement; the first row, or null. */
export function readOne<Row>(
  database: ReadableDatabase,
  sql: string,
  parameters: Parameters = {},
): Row | null {
  return guarded(() => (readingStatement(database, sql).get(parameters) as Row | undefined) ?? null)
}

/** Runs a reading statement; every row. */
export function readAll<Row>(database: ReadableDatabase, sql: string, parameters: Parameters = {}): Row[] {
  return guarded(() => readingStatement(database, sql).all(parameters) as Row[])
}

/** Runs a writing statement; how many rows it changed. */
export function write(database: WritableDatabase, sql: string, parameters: Parameters = {}): number {
  return guarded(() => statement(database, sql).run(parameters).changes)
}

/** Runs a writing statement that must change exactly one row; anything else is a bug. */
export function writeExactlyOne(database: WritableDatabase, sql: string, parameters: Parameters = {}): void {
  const changes = write(database, sql, parameters)
  if (changes !== 1) throw new Error(`Expected one row to change, not ${changes}: ${sql}`)
}

/** Runs a writing statement with RETURNING that changes at most one row; that row, or null where none matched. */
export function writeReturning<Row>(
  database: WritableDatabase,
  sql: string,
  parameters: Parameters = {},
): Row | null {
  const rows = writeReturningAll<Row>(database, sql, parameters)
  if (rows.length > 1) throw new Error(`Expected at most one row to change, not ${rows.length}: ${sql}`)
  return rows[0] ?? null
}

/** Runs a writing statement with RETURNING; every changed row. */
export function writeReturningAll<Row>(
  database: WritableDatabase,
  sql: string,
  parameters: Parameters = {},
): Row[] {
  return guarded(() => statement(database, sql).all(parameters) as Row[])
}

/**
 * Runs steps that belong together: all of them are kept or, when one throws, none.
 * Inside another transaction it becomes part of that one.
 *
 * @param work the steps; they run at once, so no promises
 */
export function transaction<Result>(database: WritableDatabase, work: () => Result): Result {
  // IMMEDIATE takes the write lock at the start, so that a transaction never fails half-way because another one wrote.
  return guarded(() => database[connection].handle.transaction(work).immediate())
}

function readingStatement(database: ReadableDatabase, sql: string): Sqlite.Statement {
  const prepared = statement(database, sql)
  if (!prepared.readonly) throw new Error(`This statement writes, but is run as a read: ${sql}`)
  return prepared
}

function statement(database: ReadableDatabase, sql: string): Sqlite.Statement {
  const { handle, statements } = database[connection]
  const known = statements.get(sql)
  if (known !== undefined) return known
  const prepared = handle.prepare(sql)
  statements.set(sql, prepared)
  return prepared
}

function guarded<Result>(work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    throw storageErrorFrom(error)
  }
}

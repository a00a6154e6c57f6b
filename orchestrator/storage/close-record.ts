import { existsSync, readFileSync, statSync, writeFileSync, openSync, readSync, closeSync } from 'node:fs'
import { z } from 'zod'
import type { Thoroughness } from './inspect-database.ts'

/** A file up to this size is read as a whole at every start, which takes a fraction of a second. 64 MiB. */
const smallBytes = 64 * 1024 * 1024

/** How long the finding about a large file that was closed in order holds, in milliseconds: a week. */
const findingHoldsMs = 7 * 24 * 3_600_000

/** The part of the file that says what it is: its header. */
const headerBytes = 100

const fingerprintSchema = z.strictObject({ bytes: z.int(), mtime_ms: z.number(), header: z.string() })
const recordSchema = z.strictObject({
  /** When the whole file was last found sound, in milliseconds since 1970; null where it never was. */
  checked_at: z.int().nullable(),
  /** The file as it was when it was closed in order; null while it is open, and after a crash. */
  closed: fingerprintSchema.nullable(),
})

/** How a database is to be checked at a start. */
export interface CheckPlan {
  /** How closely before anything uses it. */
  readonly before: Thoroughness
  /** Whether the whole file has to be read afterwards, beside the work. */
  readonly afterwards: boolean
  /** Whether the last owner ended in order, so that it left nothing half done. */
  readonly closedInOrder: boolean
  /** When the whole file was last found sound, in milliseconds since 1970; null where that is not known. */
  readonly checkedAt: number | null
}

/**
 * Decides how closely a database is looked at. A small file is always read as a whole before it is used. A large one is
 * read beside the work, unless it is as it was closed and was read within the last week.
 *
 * @param recordPath where `recordClosed` writes
 */
export function planCheck(database: string, recordPath: string, now: number): CheckPlan {
  const record = readRecord(recordPath)
  const found = existsSync(database) ? fingerprint(database) : null
  const closedInOrder = found !== null && !hasLog(database) && isSame(found, record?.closed ?? null)
  if (found === null || found.bytes <= smallBytes)
    return { before: 'full', afterwards: false, closedInOrder, checkedAt: now }
  const checkedAt = record?.checked_at ?? null
  const holds = closedInOrder && checkedAt !== null && now - checkedAt < findingHoldsMs
  return { before: 'surface', afterwards: !holds, closedInOrder, checkedAt }
}

/** Notes that the database is in use, so that whoever finds this note unchanged knows of a crash. */
export function recordOpened(recordPath: string, checkedAt: number | null): void {
  writeRecord(recordPath, { checked_at: checkedAt, closed: null })
}

/** Notes the file as it was left by an end in order. */
export function recordClosed(database: string, recordPath: string, checkedAt: number | null): void {
  writeRecord(recordPath, { checked_at: checkedAt, closed: fingerprint(database) })
}

/** Readers leave an empty log behind, which says nothing. */
function hasLog(database: string): boolean {
  return (statSync(`${database}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0
}

function readRecord(path: string): z.output<typeof recordSchema> | null {
  try {
    return recordSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    // Without a record, or with half of one, nothing is known about the end.
    return null
  }
}

function writeRecord(path: string, record: z.output<typeof recordSchema>): void {
  writeFileSync(path, JSON.stringify(record), { mode: 0o600 })
}

function isSame(found: z.output<typeof fingerprintSchema>, recorded: typeof found | null): boolean {
  return (
    recorded !== null &&
    found.bytes === recorded.bytes &&
    found.mtime_ms === recorded.mtime_ms &&
    found.header === recorded.header
  )
}

function fingerprint(path: string): z.output<typeof fingerprintSchema> {
  const { size, mtimeMs } = statSync(path)
  const header = Buffer.alloc(headerBytes)
  const descriptor = openSync(path, 'r')
  try {
    readSync(descriptor, header, 0, headerBytes, 0)
  } finally {
    closeSync(descriptor)
  }
  return { bytes: size, mtime_ms: mtimeMs, header: header.toString('hex') }
}

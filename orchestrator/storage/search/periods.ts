import { readAll, readOne, type ReadableDatabase } from '../connection.ts'
import { idOfTime, timeOfIdentifier } from '../identifiers.ts'

/** A month or a year, and the pictures made in it. */
export interface Period {
  /** `2026-11` or `2026`, by the clock of this machine. */
  readonly name: string
  readonly count: number
  /** The newest picture in it. */
  readonly newest: number
  /** A cursor of lists: the page after it begins with the newest picture of the period. */
  readonly cursor: number
}

/** The months with pictures outside the bin, newest first. */
export function countMonths(database: ReadableDatabase): Period[] {
  return countPeriods(database, 1)
}

/** The years with pictures outside the bin, newest first. */
export function countYears(database: ReadableDatabase): Period[] {
  return countPeriods(database, 12)
}

/** The statement behind the periods: a range of the index that lists use, never the rows themselves. */
export const periodStatement = `SELECT count(*) AS count, max(id) AS newest FROM generations INDEXED BY generations_kept
  WHERE deleted_at IS NULL AND id >= :from AND id < :before`

function countPeriods(database: ReadableDatabase, months: 1 | 12): Period[] {
  const newest = readOne<{ id: number }>(
    database,
    'SELECT id FROM generations INDEXED BY generations_kept WHERE deleted_at IS NULL ORDER BY id DESC LIMIT 1',
  )
  const periods: Period[] = []
  let next = newest?.id
  while (next !== undefined) {
    const { name, from, before } = periodOf(timeOfIdentifier(next), months)
    const found = readOne<{ count: number; newest: number }>(database, periodStatement, { from, before })
    if (found !== null && found.count > 0) periods.push({ name, ...found, cursor: before })
    next = newestBelow(database, from)
  }
  return periods
}

/** Periods without pictures are skipped, however many there are. */
function newestBelow(database: ReadableDatabase, id: number): number | undefined {
  const sql = `SELECT id FROM generations INDEXED BY generations_kept
    WHERE deleted_at IS NULL AND id < :id ORDER BY id DESC LIMIT 1`
  return readAll<{ id: number }>(database, sql, { id })[0]?.id
}

/** The period a time lies in, as a range of ids. */
export function periodOf(time: number, months: 1 | 12): { name: string; from: number; before: number } {
  const date = new Date(time)
  const year = date.getFullYear()
  const month = months === 12 ? 0 : date.getMonth()
  return {
    name: months === 12 ? String(year) : `${year}-${String(month + 1).padStart(2, '0')}`,
    from: idOfTime(new Date(year, month, 1).getTime()),
    before: idOfTime(new Date(year, month + months, 1).getTime()),
  }
}

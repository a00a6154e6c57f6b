import { readAll, type ReadableDatabase } from '../connection.ts'
import type { PictureHash } from '../picture-hashes.ts'

/** What to look for. */
export interface SimilarRequest {
  readonly hash: PictureHash
  /** A picture that is not to be found: the one that is asked about. */
  readonly except: number | null
  /** The most bits in which another may differ. */
  readonly within: number
  readonly limit: number
}

/** A picture that looks much the same. */
export interface Similar {
  readonly generation_id: number
  /** Bits that differ, of 64. */
  readonly distance: number
}

interface StoredHash extends PictureHash {
  readonly sequence: number
  readonly generation_id: number
}

/** Every hash that was ever read, in arrays side by side: 16 bytes a picture. */
interface HashTable {
  count: number
  last: number
  ids: Float64Array<ArrayBuffer>
  highs: Uint32Array<ArrayBuffer>
  lows: Uint32Array<ArrayBuffer>
}

const firstCapacity = 1024

/** Rows that are taken over at a time, so that a large gallery is never in memory twice. */
const rowsAtOnce = 10_000

const tables = new WeakMap<ReadableDatabase, HashTable>()

/**
 * Finds the pictures nearest to a hash: exactly, whatever the distance, by comparing all of them in memory, which takes
 * some milliseconds for a million. The first question on a connection reads them from the database.
 */
export function findSimilar(database: ReadableDatabase, request: SimilarRequest): Similar[] {
  const table = tables.get(database) ?? emptyTable()
  tables.set(database, table)
  readNewHashes(database, table)
  return confirmed(database, nearestOf(table, request), request)
}

function emptyTable(): HashTable {
  return {
    count: 0,
    last: 0,
    ids: new Float64Array(firstCapacity),
    highs: new Uint32Array(firstCapacity),
    lows: new Uint32Array(firstCapacity),
  }
}

function readNewHashes(database: ReadableDatabase, table: HashTable): void {
  const sql = `SELECT sequence, generation_id, high, low FROM picture_hashes
    WHERE sequence > :last AND high IS NOT NULL ORDER BY sequence LIMIT :limit`
  for (;;) {
    const rows = readAll<StoredHash>(database, sql, { last: table.last, limit: rowsAtOnce })
    for (const row of rows) append(table, row)
    if (rows.length < rowsAtOnce) return
  }
}

function append(table: HashTable, { sequence, generation_id, high, low }: StoredHash): void {
  if (table.count === table.ids.length) grow(table)
  table.ids[table.count] = generation_id
  table.highs[table.count] = high
  table.lows[table.count] = low
  table.count += 1
  table.last = sequence
}

function grow(table: HashTable): void {
  const capacity = table.ids.length * 2
  const { ids, highs, lows } = table
  table.ids = new Float64Array(capacity)
  table.highs = new Uint32Array(capacity)
  table.lows = new Uint32Array(capacity)
  table.ids.set(ids)
  table.highs.set(highs)
  table.lows.set(lows)
}

/** Every entry near enough, the nearest first and the newest first among equals. */
function nearestOf({ count, ids, highs, lows }: HashTable, { hash, within }: SimilarRequest): Similar[] {
  const found: Similar[] = []
  for (let index = 0; index < count; index += 1) {
    const distance = bitCount((highs[index] ?? 0) ^ hash.high) + bitCount((lows[index] ?? 0) ^ hash.low)
    if (distance <= within) found.push({ generation_id: ids[index] ?? 0, distance })
  }
  return found.toSorted(
    (one, other) => one.distance - other.distance || other.generation_id - one.generation_id,
  )
}

/** Leaves out what went to the bin or was hashed anew since it was read. */
function confirmed(
  database: ReadableDatabase,
  candidates: readonly Similar[],
  request: SimilarRequest,
): Similar[] {
  const kept: Similar[] = []
  const sql = `SELECT high, low FROM picture_hashes JOIN generations ON generations.id = generation_id
    WHERE generation_id = :id AND deleted_at IS NULL AND high IS NOT NULL`
  for (const { generation_id: id, distance } of candidates) {
    if (kept.length === request.limit) break
    if (id === request.except || kept.some((one) => one.generation_id === id)) continue
    const now = readAll<PictureHash>(database, sql, { id })[0]
    if (now !== undefined && hashDistance(now, request.hash) === distance)
      kept.push({ generation_id: id, distance })
  }
  return kept
}

/** In how many of their 64 bits two hashes differ. */
export function hashDistance(one: PictureHash, other: PictureHash): number {
  return bitCount(one.high ^ other.high) + bitCount(one.low ^ other.low)
}

/** Counts the ones among 32 bits, pairs, fours and eights at a time. Source: H. S. Warren, Hacker's Delight, section 5-1. */
function bitCount(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

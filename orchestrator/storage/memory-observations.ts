import { readAll, readOne, transaction, write, writeExactlyOne } from './connection.ts'
import type { ReadableDatabase, WritableDatabase } from './connection.ts'

/** One run as the database knows it; `time` in milliseconds since 1970, sizes in bytes. */
export interface MemoryObservationRow {
  readonly time: number
  readonly engine: string
  readonly device: string
  readonly model: string
  readonly width: number
  readonly height: number
  /** 1 where the picture started from another one, else 0. */
  readonly from_picture: number
  readonly layout: string
  readonly raw_bytes: number
  readonly predicted_bytes: number
  readonly actual_bytes: number
}

/** Older runs tell nothing that newer ones do not. */
const kept = 2000

/** How many runs of one model count at most. */
const perQuestion = 200

/** Keeps what a run took, and lets go of the oldest ones. */
export function insertMemoryObservation(database: WritableDatabase, run: MemoryObservationRow): void {
  transaction(database, () => {
    writeExactlyOne(
      database,
      `INSERT INTO memory_observations
         (time, engine, device, model, width, height, from_picture, layout, raw_bytes, predicted_bytes, actual_bytes)
       VALUES
         (:time, :engine, :device, :model, :width, :height, :from_picture, :layout, :raw_bytes, :predicted_bytes,
          :actual_bytes)`,
      { ...run },
    )
    write(
      database,
      `DELETE FROM memory_observations
       WHERE id <= (SELECT id FROM memory_observations ORDER BY id DESC LIMIT 1 OFFSET :kept)`,
      { kept },
    )
  })
}

/** The latest runs of an engine on a device, newest first: those of one model before all others. */
export function memoryObservations(
  database: ReadableDatabase,
  kind: { readonly engine: string; readonly device: string; readonly model: string },
): MemoryObservationRow[] {
  const { engine, device } = kind
  return readAll<MemoryObservationRow>(
    database,
    `SELECT time, engine, device, model, width, height, from_picture, layout, raw_bytes, predicted_bytes, actual_bytes
     FROM memory_observations
     WHERE engine = :engine AND device = :device
     ORDER BY (model = :model) DESC, id DESC
     LIMIT :limit`,
    { engine, device, model: kind.model, limit: perQuestion },
  )
}

/** The engine of the latest run; null before the first. */
export function newestObservedEngine(database: ReadableDatabase): string | null {
  const sql = 'SELECT engine FROM memory_observations ORDER BY id DESC LIMIT 1'
  return readOne<{ engine: string }>(database, sql)?.engine ?? null
}

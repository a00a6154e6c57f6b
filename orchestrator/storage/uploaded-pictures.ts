import { readOne, write, type ReadableDatabase, type WritableDatabase } from './connection.ts'

/** A picture somebody uploaded to start from, known by the sha256 of the PNG that was kept of it. */
export interface UploadedPicture {
  readonly sha256: string
  readonly width: number
  readonly height: number
  readonly bytes: number
  readonly created_at: number
}

/** Records an upload; whether it is new. The same picture uploaded again stays as it was. */
export function insertUploadedPicture(database: WritableDatabase, picture: UploadedPicture): boolean {
  const sql = `INSERT INTO uploaded_pictures (sha256, width, height, bytes, created_at)
    VALUES (:sha256, :width, :height, :bytes, :created_at) ON CONFLICT (sha256) DO NOTHING`
  return write(database, sql, { ...picture }) === 1
}

/** One uploaded picture; null where there is none. */
export function getUploadedPicture(database: ReadableDatabase, sha256: string): UploadedPicture | null {
  const sql = 'SELECT sha256, width, height, bytes, created_at FROM uploaded_pictures WHERE sha256 = :sha256'
  return readOne<UploadedPicture>(database, sql, { sha256 })
}

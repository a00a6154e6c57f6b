import {
  readOne,
  write,
  writeExactlyOne,
  type ReadableDatabase,
  type WritableDatabase,
} from './connection.ts'

/** A file as it was when its content was hashed. */
export interface HashedFile {
  /** Absolute. */
  readonly path: string
  readonly bytes: number
  /** When its content last changed, in whole milliseconds. */
  readonly mtime_ms: number
}

/** The sha256 of a file, where it was hashed before and has not changed since; else null. */
export function getFileHash(database: ReadableDatabase, file: HashedFile): string | null {
  const sql = 'SELECT sha256 FROM file_hashes WHERE path = :path AND bytes = :bytes AND mtime_ms = :mtime_ms'
  return readOne<{ sha256: string }>(database, sql, { ...file })?.sha256 ?? null
}

/** Remembers the sha256 of a file in place of what was known of it. */
export function putFileHash(database: WritableDatabase, file: HashedFile, sha256: string): void {
  const sql = `INSERT INTO file_hashes (path, bytes, mtime_ms, sha256) VALUES (:path, :bytes, :mtime_ms, :sha256)
    ON CONFLICT (path) DO UPDATE SET bytes = excluded.bytes, mtime_ms = excluded.mtime_ms, sha256 = excluded.sha256`
  writeExactlyOne(database, sql, { ...file, sha256 })
}

/** Forgets a file; whether it was known. */
export function removeFileHash(database: WritableDatabase, path: string): boolean {
  return write(database, 'DELETE FROM file_hashes WHERE path = :path', { path }) === 1
}

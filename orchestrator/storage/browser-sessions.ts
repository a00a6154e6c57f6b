import { createHash } from 'node:crypto'
import {
  readOne,
  write,
  writeExactlyOne,
  type ReadableDatabase,
  type WritableDatabase,
} from './connection.ts'

/** A signed-in browser; times in milliseconds since 1970. */
export interface BrowserSession {
  readonly created_at: number
  readonly last_seen_at: number
  readonly expires_at: number
}

/** Signs a browser in. Of its secret only the sha256 is kept. */
export function insertBrowserSession(
  database: WritableDatabase,
  secret: string,
  session: { readonly now: number; readonly expiresAt: number },
): void {
  const sql = `INSERT INTO browser_sessions (secret_sha256, created_at, last_seen_at, expires_at)
    VALUES (:secret_sha256, :now, :now, :expires_at)`
  writeExactlyOne(database, sql, {
    secret_sha256: hash(secret),
    now: session.now,
    expires_at: session.expiresAt,
  })
}

/** The session of a browser that shows its secret; null where that is unknown or has expired. */
export function getBrowserSession(
  database: ReadableDatabase,
  secret: string,
  now: number,
): BrowserSession | null {
  const sql = `SELECT created_at, last_seen_at, expires_at FROM browser_sessions
    WHERE secret_sha256 = :secret_sha256 AND expires_at > :now`
  return readOne<BrowserSession>(database, sql, { secret_sha256: hash(secret), now })
}

/**
 * Notes that a browser was seen; false where its session is gone. It waits for the disk, so not on every request.
 *
 * @param seen.expiresAt when the session ends unless the browser is seen again
 */
export function touchBrowserSession(
  database: WritableDatabase,
  secret: string,
  seen: { readonly now: number; readonly expiresAt: number },
): boolean {
  const sql = `UPDATE browser_sessions SET last_seen_at = :now, expires_at = :expires_at
    WHERE secret_sha256 = :secret_sha256 AND expires_at > :now`
  return (
    write(database, sql, { secret_sha256: hash(secret), now: seen.now, expires_at: seen.expiresAt }) === 1
  )
}

/** Signs a browser out; whether it was signed in. */
export function deleteBrowserSession(database: WritableDatabase, secret: string): boolean {
  const sql = 'DELETE FROM browser_sessions WHERE secret_sha256 = :secret_sha256'
  return write(database, sql, { secret_sha256: hash(secret) }) === 1
}

/** Removes expired sessions; how many. */
export function pruneBrowserSessions(database: WritableDatabase, now: number): number {
  return write(database, 'DELETE FROM browser_sessions WHERE expires_at <= :now', { now })
}

function hash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

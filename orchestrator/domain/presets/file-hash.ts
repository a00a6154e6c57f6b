import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { getFileHash, putFileHash } from '../../storage/file-hashes.ts'
import type { WritableDatabase } from '../../storage/connection.ts'

/** The sha256 of a file as hexadecimal digits; read only where the file has changed since it was last asked for. */
export async function hashFile(database: WritableDatabase, path: string): Promise<string> {
  const { size, mtimeMs } = await stat(path)
  const key = { path, bytes: size, mtime_ms: Math.trunc(mtimeMs) }
  const known = getFileHash(database, key)
  if (known !== null) return known
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 }))
    hash.update(chunk as Buffer)
  const sha256 = hash.digest('hex')
  putFileHash(database, key, sha256)
  return sha256
}

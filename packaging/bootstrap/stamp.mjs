import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * A stamp says "the step that put these files here finished, for this input". It is always written
 * last and lives among the files it vouches for, so whatever removes them removes the stamp too.
 */

/**
 * The platform is part of it because a folder may be shared between machines, and native binaries are not.
 *
 * @param {string} folder
 * @param {string[]} files
 */
export function hashOf(folder, files) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`)
  for (const file of files) hash.update(readFileSync(join(folder, file)))
  return hash.digest('hex')
}

/**
 * @param {string} path
 * @param {string} fingerprint
 */
export function isCurrent(path, fingerprint) {
  try {
    return readFileSync(path, 'utf8') === fingerprint
  } catch {
    return false
  }
}

/**
 * @param {string} path
 * @param {string} fingerprint
 */
export function writeStamp(path, fingerprint) {
  writeFileSync(path, fingerprint)
}

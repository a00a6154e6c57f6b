/**
 * `npm run lockfile`, after adding or updating a package: completes package-lock.json.
 *
 * npm leaves out of a lockfile the optional packages it could not find while writing it, which happens
 * with binaries for other systems where a registry carries only some of them. `npm ci` then refuses the
 * lockfile, everywhere. The missing entries follow from what is there: the package that wants them names
 * their version, and their own names tell the system and processor.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from './bootstrap.mjs'
import { completeLockfile } from './lockfile/complete.mjs'

for (const folder of ['.', 'packaging/runtime']) {
  const path = join(projectRoot, folder, 'package-lock.json')
  const lockfile = JSON.parse(readFileSync(path, 'utf8'))
  const added = completeLockfile(lockfile)
  if (added.length > 0) writeFileSync(path, `${JSON.stringify(lockfile, undefined, 2)}\n`)
  console.log(`${folder}: ${added.length === 0 ? 'complete' : `added ${added.join(', ')}`}`)
}

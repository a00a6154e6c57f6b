import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { installFromLockfile } from './npm.mjs'
import { say } from './progress.mjs'
import { hashOf, isCurrent, writeStamp } from './stamp.mjs'

/**
 * The packages of the product, exactly as the lockfile says.
 *
 * @param {string} root
 */
export function findPackages(root) {
  const modules = join(root, 'node_modules')
  const stamp = join(modules, '.mysticanvas-stamp')
  const fingerprint = hashOf(root, ['package-lock.json'])
  return {
    isReady: () => isCurrent(stamp, fingerprint),
    install: async () => {
      if (!installedByHand(root)) {
        say('Installing packages (about 1.4 GB, once)…')
        rmSync(stamp, { force: true })
        await installFromLockfile(root, 'The packages')
      }
      mkdirSync(modules, { recursive: true })
      writeStamp(stamp, fingerprint)
    },
  }
}

/**
 * Whether a plain `npm install` has already put everything in place. npm writes its own record of what
 * it installed last of all, so a record that agrees with the lockfile is as good as our stamp, and a
 * developer who just added a package is spared a second installation.
 *
 * @param {string} root
 */
function installedByHand(root) {
  const wanted = readPackages(join(root, 'package-lock.json'))
  const present = readPackages(join(root, 'node_modules', '.package-lock.json'))
  if (!wanted || !present) return false
  return Object.entries(wanted).every(([path, entry]) => {
    const installed = present[path]
    if (installed) return installed.version === entry.version && installed.integrity === entry.integrity
    return path === '' || (entry.optional === true && !isForThisMachine(entry))
  })
}

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, os?: string | string[], cpu?: string | string[], libc?: unknown }} LockedPackage
 * @param {string} lockfile
 * @returns {Record<string, LockedPackage> | undefined}
 */
function readPackages(lockfile) {
  try {
    return JSON.parse(readFileSync(lockfile, 'utf8')).packages
  } catch {
    return undefined
  }
}

/**
 * Only a package that names this system and processor, and no particular C library, must be here. Other
 * optional ones may have been left out rightly, and npm alone knows the rest of the rule.
 *
 * @param {LockedPackage} entry
 */
function isForThisMachine({ os, cpu, libc }) {
  if (!os || !cpu || libc) return false
  return [os].flat().includes(process.platform) && [cpu].flat().includes(process.arch)
}

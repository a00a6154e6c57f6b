import { join } from 'node:path'
import { prepare, projectRoot } from '../bootstrap.mjs'
import { handOver } from './hand-over.mjs'
import { SetupError, say } from './progress.mjs'

/**
 * Prepares the checkout, then becomes the given script as far as anyone outside can tell.
 *
 * @param {string} script relative to the project
 * @param {string[]} args
 * @param {{ withInterface: boolean }} options
 */
export async function launch(script, args, options) {
  try {
    const runtime = await prepare(options)
    handOver(runtime, [join(projectRoot, script), ...args])
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    say(`\n${error.message}`)
    process.exitCode = 1
  }
}

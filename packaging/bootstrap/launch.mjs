import { join } from 'node:path'
import { prepare, projectRoot } from '../bootstrap.mjs'
import { handOver } from './hand-over.mjs'
import { SetupError, say } from './progress.mjs'

/**
 * A small young generation: the orchestrator makes little garbage, and room it never needs would still be
 * counted as its memory.
 */
const memoryFlags = ['--max-semi-space-size=2']

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
    const flags = [...runtime.flags, ...memoryFlags]
    handOver({ ...runtime, flags, env: withCompileCache(runtime.env) }, [join(projectRoot, script), ...args])
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    say(`\n${error.message}`)
    process.exitCode = 1
  }
}

/**
 * What was compiled, and stripped of its types, is kept for the next start; unless a person keeps it elsewhere.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
function withCompileCache(env) {
  return { NODE_COMPILE_CACHE: join(projectRoot, '.bootstrap', 'compile-cache'), ...env }
}

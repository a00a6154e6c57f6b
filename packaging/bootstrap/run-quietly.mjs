import { spawn } from 'node:child_process'

/** A URL, so that a path with spaces survives NODE_OPTIONS. */
const leaveWithParent = new URL('leave-with-parent.mjs', import.meta.url).href

/**
 * Runs a Node.js program and keeps its output instead of showing it. The program ends when this process
 * does.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, shell?: boolean }} options
 * @returns {Promise<{ code: number, output: string }>}
 */
export function runQuietly(command, args, { cwd, env = process.env, shell = false }) {
  return new Promise((resolve, reject) => {
    const nodeOptions = `${env.NODE_OPTIONS ?? ''} --import=${leaveWithParent}`.trim()
    const child = spawn(command, args, {
      cwd,
      // The output is shown as plain lines, if at all.
      env: { ...env, NODE_OPTIONS: nodeOptions, NO_COLOR: '1', FORCE_COLOR: undefined },
      shell,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    let output = ''
    const collect = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString()
    }
    child.stdout?.on('data', collect)
    child.stderr?.on('data', collect)
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

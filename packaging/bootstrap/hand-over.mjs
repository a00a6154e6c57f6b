import { spawn } from 'node:child_process'
import { constants } from 'node:os'

/**
 * Starts the real program and stands aside: it gets the terminal, the signals sent to us go to it, and
 * we leave with its exit code.
 *
 * The extra 'ipc' channel carries no messages. It exists because it closes when this process dies, even
 * by SIGKILL, so that the program hears `disconnect` instead of living on as an orphan.
 *
 * @param {{ node: string, flags: string[], env: NodeJS.ProcessEnv }} runtime
 * @param {string[]} args
 */
export function handOver({ node, flags, env }, args) {
  const child = spawn(node, [...flags, ...args], {
    env,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  forwardSignals(child)
  child.on('error', (error) => {
    process.stderr.write(`${node} could not be started: ${error.message}\n`)
    process.exitCode = 1
  })
  child.on('exit', (code, signal) => {
    process.exit(signal ? 128 + constants.signals[signal] : (code ?? 1))
  })
}

/**
 * A terminal sends Ctrl+C and its own closing to every process in the foreground, the program included.
 * Forwarding them as well would look like a second, impatient Ctrl+C.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
function forwardSignals(child) {
  const atTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  process.on('SIGINT', () => {
    if (!atTerminal) child.kill('SIGINT')
  })
  process.on('SIGHUP', () => {
    if (!atTerminal) child.kill('SIGHUP')
  })
}

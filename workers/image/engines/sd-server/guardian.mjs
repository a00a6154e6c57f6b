/**
 * Stands between the worker and the engine's program, which knows nothing of a worker: ends the program as soon as the
 * worker's end of stdin is gone, however it went. Tells on descriptor 3, in JSON lines, which process it started and how
 * that one ended. Program and guardian are one process group, so that both can be killed at once from outside.
 */
import { spawn } from 'node:child_process'
import { writeSync } from 'node:fs'

const [command, folder, ...options] = process.argv.slice(2)

/** @param {object} report */
function tell(report) {
  try {
    writeSync(3, JSON.stringify(report) + '\n')
  } catch {
    // The worker is gone, and stdin tells the same.
  }
}

const program = spawn(String(command), options, {
  cwd: folder,
  stdio: ['ignore', 'inherit', 'inherit'],
  windowsHide: true,
})

function leave() {
  // By force: it would finish the picture first.
  program.kill('SIGKILL')
  process.exit()
}

program.on('spawn', () => tell({ pid: program.pid }))
program.on('error', (error) => {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
})
program.on('exit', (code, signal) => {
  tell({ code, signal })
  process.exit()
})
process.stdin.on('end', leave).on('close', leave).on('error', leave).resume()
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, leave)

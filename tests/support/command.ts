import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const program = join(import.meta.dirname, '../../packaging/mysticanvas.mjs')

/** A command at work, as a person starts it. */
export interface Command {
  readonly child: ChildProcess
  stdout(): string
  stderr(): string
  /** Waits until what it printed fits. Rejects where it ends without that. */
  printed(pattern: RegExp): Promise<RegExpExecArray>
  /** Its end: the exit code, or null where a signal ended it. */
  readonly ended: Promise<number | null>
}

/** What a command that has ended had to say. */
export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

const running = new Set<ChildProcess>()

/** Starts `mysticanvas` with these arguments. */
export function startCommand(
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Command {
  return follow(
    spawn(process.execPath, [program, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
    }),
  )
}

/** Runs `mysticanvas` to its end. */
export async function runCommand(
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Ended> {
  const command = startCommand(args, options)
  const code = await command.ended
  return { code, stdout: command.stdout(), stderr: command.stderr() }
}

/** True where there is a program that can give a command a terminal. */
export const hasTerminal = spawnSync('script', ['--version']).status === 0

/** Starts `mysticanvas` on a terminal; what is written to its stdin is typed, and everything it shows is its stdout. */
export function startOnTerminal(args: readonly string[]): Command {
  // In place of the shell that `script` starts: some shells end by themselves on Ctrl+C, whatever the command made of it.
  const line = `exec ${[process.execPath, program, ...args].map((part) => `'${part}'`).join(' ')}`
  return follow(
    spawn('script', ['--quiet', '--return', '--command', line, '/dev/null'], {
      stdio: ['pipe', 'pipe', 'pipe'],
    }),
  )
}

/** Ends every command a test has left; what it started leaves with it. */
export async function endCommands(): Promise<void> {
  for (const child of running) {
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }
}

function follow(child: ChildProcess): Command {
  const text = { stdout: '', stderr: '' }
  const ended = once(child, 'close').then(([code]) => code as number | null)
  running.add(child)
  child.once('exit', () => running.delete(child))
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.on('data', (chunk: Buffer) => (text[name] += chunk.toString()))
  }
  return { child, ended, stdout: () => text.stdout, stderr: () => text.stderr, printed }

  async function printed(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(text.stdout + text.stderr)
      if (found !== null) return found
      const more = Promise.race(
        [child.stdout, child.stderr].flatMap((stream) =>
          stream === null ? [] : [once(stream, 'data').then(() => true)],
        ),
      )
      if (
        !(await Promise.race([more, ended.then(() => false)])) &&
        pattern.exec(text.stdout + text.stderr) === null
      ) {
        throw new Error(`It ended without ${String(pattern)}: ${text.stdout}${text.stderr}`)
      }
    }
  }
}

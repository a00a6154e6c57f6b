import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { ProductError } from '../../contracts/errors.ts'
import {
  workerProtocolVersion,
  workerReadySchema,
  type WorkerBoot,
  type WorkerReady,
} from '../../contracts/worker.ts'
import { redactText } from '../foundation/redact.ts'
import { exited, exitedAndRead, killGroup } from './kill-ladder.ts'
import { lastWordIn, LastWords } from './last-words.ts'
import { readLines } from './read-lines.ts'
import { WorkerCalls } from './worker-calls.ts'
import type { WorkerEndpoint } from './worker-connection.ts'

/** What it takes to start a worker of one kind. */
export interface WorkerProgram {
  readonly name: string
  /** The program and its arguments; no secret among them. */
  readonly command: readonly [string, ...string[]]
  readonly configuration: Record<string, unknown>
  readonly listen: WorkerBoot['listen']
  readonly logLevel: string
  readonly startTimeoutMs: number
}

/** A worker that has started and can be called. */
export interface WorkerProcess {
  readonly child: ChildProcess
  readonly endpoint: WorkerEndpoint
  /** The way to call it for work. */
  readonly calls: WorkerCalls
  readonly ready: WorkerReady
  readonly lastWords: LastWords
}

/** Variables of our own environment that a worker may need; everything else stays with us. */
const passedOn = [
  'PATH',
  'HOME',
  'LANG',
  'LC_ALL',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SystemRoot',
  'LOCALAPPDATA',
  'LD_LIBRARY_PATH',
  'VK_ICD_FILENAMES',
  'VK_DRIVER_FILES',
  'SD_SERVER_BIN',
  'CUDA_VISIBLE_DEVICES',
  'CUDA_PATH',
  'HIP_VISIBLE_DEVICES',
  'ROCR_VISIBLE_DEVICES',
  'HSA_OVERRIDE_GFX_VERSION',
  'NODE_COMPILE_CACHE',
]

/**
 * Starts a worker in a process group of its own and waits until it can be called.
 * Its stdin stays open: when we die, however we die, it ends, and the worker leaves with it.
 *
 * @param onLog gets each line of its error output, which is its log
 * @param signal ends the wait, and the worker with it
 * @throws ProductError `worker_unavailable` where it does not come up in time; nothing of it is left then
 */
export async function startWorker(
  program: WorkerProgram,
  onLog: (line: string) => void,
  signal?: AbortSignal,
): Promise<WorkerProcess> {
  const token = randomBytes(32).toString('base64url')
  const child = spawn(program.command[0], program.command.slice(1), {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: environmentOfWorker(),
  })
  const lastWords = new LastWords()
  readLines(child.stderr, (said) => {
    // Whatever a worker says, its token goes nowhere.
    const line = redactText(said.replaceAll(token, '[Redacted]'))
    const word = lastWordIn(line)
    if (word !== null) lastWords.add(`${word}\n`)
    onLog(line)
  })
  // A worker that dies before it has read its first line closes the pipe under us; its exit tells the same.
  child.stdin.on('error', () => undefined)
  child.stdin.write(`${JSON.stringify(bootLine(program, token))}\n`)
  try {
    const ready = await firstLine(child, program.startTimeoutMs, signal)
    const endpoint = { address: ready.address, token }
    return { child, endpoint, calls: new WorkerCalls(program.name, endpoint), ready, lastWords }
  } catch (cause) {
    killGroup(child)
    await exitedAndRead(child)
    throw new ProductError('worker_unavailable', `The ${program.name} worker did not start.`, {
      details: { reason: (cause as Error).message, last_words: lastWords.text },
      cause,
    })
  }
}

function bootLine(program: WorkerProgram, token: string): WorkerBoot {
  return {
    protocol: workerProtocolVersion,
    token,
    log_level: program.logLevel,
    listen: program.listen,
    configuration: program.configuration,
  }
}

function environmentOfWorker(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    passedOn.filter((name) => name in process.env).map((name) => [name, process.env[name]]),
  )
}

/** Waits for the line that says where the worker listens. Lines that are none of the protocol are passed over. */
function firstLine(child: ChildProcess, timeoutMs: number, over?: AbortSignal): Promise<WorkerReady> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no sign of life in ${timeoutMs} ms`)), timeoutMs)
    over?.addEventListener('abort', () => reject(new Error('it was stopped before it was ready')), {
      once: true,
    })
    child.once('error', reject)
    child.once('exit', (code, signal) => reject(new Error(`it ended with ${signal ?? `code ${code}`}`)))
    if (child.stdout === null) return
    // The output is read to its end even when nothing listens any more, so that the worker never blocks on it.
    readLines(child.stdout, (line) => {
      const ready = parseReady(line)
      if (ready === null) return
      clearTimeout(timer)
      resolve(ready)
    })
    void exited(child).then(() => clearTimeout(timer))
  })
}

function parseReady(line: string): WorkerReady | null {
  try {
    return workerReadySchema.safeParse(JSON.parse(line)).data ?? null
  } catch {
    return null
  }
}

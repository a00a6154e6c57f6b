import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { workerReadySchema, type WorkerBoot, type WorkerReady } from '../../contracts/worker.ts'
import { WorkerClient } from './worker-client.ts'

const project = join(import.meta.dirname, '../..')

/** A worker of the product in a process of its own, started as the orchestrator starts it. */
export interface WorkerProcess {
  readonly process: ChildProcess
  readonly ready: WorkerReady
  readonly token: string
  readonly client: WorkerClient
  /** Everything it has written to stderr so far: its log. */
  log(): string
  /** Everything it has written to stdout so far. */
  output(): string
}

export interface WorkerStart {
  /** The script, relative to the project. */
  readonly script?: string
  readonly configuration?: Record<string, unknown>
  readonly listen?: WorkerBoot['listen']
}

/** The program of the language worker, whose configuration is its own. */
export const languageWorkerScript = 'workers/language/main.ts'

const running = new Set<ChildProcess>()

/** Starts a worker, the image worker unless told otherwise, and waits until it is ready. */
export async function startWorkerProcess(start: WorkerStart = {}): Promise<WorkerProcess> {
  const token = randomBytes(32).toString('hex')
  const child = spawnWorker(start.script)
  const text = collect(child)
  // One thread: on a busy machine more would wait for each other, and the tests would measure the machine.
  const configuration =
    start.script === languageWorkerScript
      ? start.configuration
      : { threads: 1, heartbeat_timeout_ms: 10_000, stall_timeout_ms: 60_000, ...start.configuration }
  const boot = {
    protocol: 1,
    token,
    log_level: 'trace',
    listen: start.listen ?? { kind: 'tcp' },
    configuration,
  }
  child.stdin?.write(`${JSON.stringify(boot)}\n`)
  await waitUntil(() => text.output.includes('\n') || child.exitCode !== null, 20_000)
  if (child.exitCode !== null) throw new Error(`The worker left with ${child.exitCode}: ${text.log}`)
  const ready = workerReadySchema.parse(JSON.parse(text.output))
  const client = new WorkerClient(ready.address, token)
  return { process: child, ready, token, client, log: () => text.log, output: () => text.output }
}

/** Starts a worker's process without telling it anything. */
export function spawnWorker(script = 'workers/image/main.ts'): ChildProcess {
  const child = spawn(process.execPath, [join(project, script)], {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  })
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}

/** Collects what a process writes, as it comes. */
export function collect(child: ChildProcess): { log: string; output: string } {
  const text = { log: '', output: '' }
  child.stderr?.on('data', (chunk: Buffer) => (text.log += chunk.toString()))
  child.stdout?.on('data', (chunk: Buffer) => (text.output += chunk.toString()))
  return text
}

/** Ends every worker a test has left, with its engine. */
export async function endWorkers(): Promise<void> {
  for (const child of running) {
    const gone = once(child, 'exit')
    // The whole group, so that a test that fails leaves no engine behind either.
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    await gone
  }
}

/** True while there is such a process; a dead one that nobody has waited for does not count. */
export function isAlive(pid: number): boolean {
  try {
    const state = /^State:\s+(\w)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return state !== 'Z' && state !== 'X'
  } catch {
    return false
  }
}

/** Waits for a condition. Rejects after `timeoutMs`. */
export async function waitUntil(
  condition: () => boolean | Promise<boolean>,
  timeoutMs: number,
): Promise<void> {
  const end = performance.now() + timeoutMs
  while (!(await condition())) {
    if (performance.now() > end)
      throw new Error(`It did not happen within ${timeoutMs} ms: ${String(condition)}`)
    await delay(20)
  }
}

import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { killGroup, exited } from '../../../orchestrator/supervision/kill-ladder.ts'
import {
  startWorker,
  type WorkerProcess,
  type WorkerProgram,
} from '../../../orchestrator/supervision/worker-process.ts'

/** A fixture worker, as the supervisor is told to run it. */
export function program(name: string, changes: Partial<WorkerProgram> = {}): WorkerProgram {
  return {
    name: 'fixture',
    command: [process.execPath, join(import.meta.dirname, '../../fixtures/workers', `${name}.mjs`)],
    configuration: {},
    listen: { kind: 'tcp' },
    logLevel: 'info',
    startTimeoutMs: 10_000,
    ...changes,
  }
}

/** Starts a fixture worker that ends with the test; `log` holds what it writes to its log. */
export async function start(
  name: string,
  changes: Partial<WorkerProgram> = {},
): Promise<WorkerProcess & { log: string[] }> {
  const log: string[] = []
  const worker = await startWorker(program(name, changes), (line) => log.push(line))
  onTestFinished(async () => {
    killGroup(worker.child)
    await exited(worker.child)
  })
  return { ...worker, log }
}

/** The process id a fixture worker told in its log, as in `child 123`. */
export function pidIn(log: readonly string[], word: string): number {
  const found = log
    .map((line) => new RegExp(`^${word} (\\d+)$`).exec(line)?.[1])
    .find((pid) => pid !== undefined)
  if (found === undefined) throw new Error(`No ${word} in ${log.join('|')}`)
  return Number(found)
}

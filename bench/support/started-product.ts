import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { connect, type RunningServer } from '../../orchestrator/commands/running-server.ts'
import { dataPaths, projectFolder } from '../../orchestrator/foundation/paths.ts'

const patienceMs = 30_000
/** Often enough for the figure, and seldom enough not to be slowed down as a client that ran wild. */
const lookMs = 25

/** The product in a process of its own, as `mysticanvas start` runs it. */
export interface StartedProduct {
  readonly server: RunningServer
  /** The process of the orchestrator itself. */
  readonly pid: number
  stop(): Promise<void>
}

/** Runs the command and waits for the line that says where it listens. */
export async function startCommand(dataFolder: string): Promise<StartedProduct> {
  const command = [
    join(projectFolder, 'packaging', 'mysticanvas.mjs'),
    'start',
    '--port',
    '0',
    '--data',
    dataFolder,
  ]
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'ignore'] })
  const ended = once(child, 'exit')
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /running at (\S+)/.exec(line)?.[1]
    if (url === undefined) continue
    child.stdout.resume()
    const paths = dataPaths(dataFolder)
    const { pid } = JSON.parse(readFileSync(paths.server, 'utf8')) as { pid: number }
    return {
      server: connect(url, readFileSync(paths.token, 'utf8')),
      pid,
      async stop() {
        child.kill('SIGTERM')
        await ended
      },
    }
  }
  throw new Error('The product did not start.')
}

/** Waits until the image worker can be called. */
export async function imageWorkerReady({ server }: StartedProduct): Promise<void> {
  const deadline = performance.now() + patienceMs
  while (performance.now() < deadline) {
    const { workers } = await server.invoke('get_system_status', {})
    if (workers.some(({ state }) => state === 'ready')) return
    if (workers.some(({ state }) => state === 'failed')) throw new Error('The image worker was given up.')
    await wait(lookMs)
  }
  throw new Error(`The image worker was not ready after ${patienceMs / 1000} s.`)
}

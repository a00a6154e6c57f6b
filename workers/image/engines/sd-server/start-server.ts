import { setTimeout as delay } from 'node:timers/promises'
import { ProductError } from '../../../../contracts/errors.ts'
import type { ModelSpecification } from '../../../../contracts/worker.ts'
import type { Logger } from '../../../runtime/logger.ts'
import { Watchdog, type Hang, type Patience } from '../embedded/watchdog.ts'
import { toArguments } from './arguments.ts'
import { Client } from './client.ts'
import { failedLoad } from './failures.ts'
import { findFreePort } from './free-port.ts'
import { MemorySizes } from './memory-sizes.ts'
import { ServerProcess } from './server-process.ts'

/** Another program may take a port between our look and its use; that this happens so often in a row has another cause. */
const mostPorts = 3

const askEveryMs = 50

/** A program that has its model and can be asked. */
export interface RunningServer {
  readonly process: ServerProcess
  readonly client: Client
  readonly sizes: MemorySizes
}

/** What a start needs. */
export interface Start {
  readonly path: string
  readonly model: ModelSpecification
  readonly threads: number
  readonly patience: Patience
  readonly log: Logger
  /** Gets each process as soon as it is there, so that it can be killed. */
  readonly onProcess: (process: ServerProcess) => void
}

/**
 * Starts the program with a model and waits until it can be asked. The process is ended where this throws.
 *
 * @throws ProductError `model_file_invalid`, `model_file_missing`, `out_of_memory`, `engine_failed`, or `engine_hung` where
 * it says nothing for too long
 */
export async function startServer(start: Start): Promise<RunningServer> {
  for (let attempt = 1; ; attempt += 1) {
    const server = await startOnce(start)
    if (server !== 'port taken') return server
    if (attempt === mostPorts)
      throw new ProductError('engine_failed', 'The image engine found no port to listen on.')
    start.log.warn({ attempt }, 'another program took the port of the engine')
  }
}

async function startOnce(start: Start): Promise<RunningServer | 'port taken'> {
  const port = await findFreePort()
  const options = await toArguments(start.model, { port, threads: start.threads }).catch((cause: unknown) => {
    const details = { role: 'model', path: start.model.files.model }
    throw new ProductError('model_file_missing', undefined, { details, cause })
  })
  const process = new ServerProcess(start.path, options, start.log)
  start.onProcess(process)
  const client = new Client(port)
  const sizes = new MemorySizes()
  try {
    const isOurs = await waitForModel(process, client, sizes, start)
    if (isOurs) return { process, client, sizes }
  } catch (error) {
    await process.end()
    throw error
  }
  await process.end()
  return 'port taken'
}

/** @returns false where another program has the port */
async function waitForModel(
  process: ServerProcess,
  client: Client,
  sizes: MemorySizes,
  { model, patience }: Start,
): Promise<boolean> {
  let hang: Hang | null = null
  const watchdog = new Watchdog(patience, (kind) => (hang = kind))
  process.listener = (spoken) => {
    if (spoken.type === 'log') sizes.read(spoken.text)
    watchdog.hear('progress')
  }
  try {
    for (;;) {
      if (process.hasExited) return judgeExit(process, await process.exited)
      if (hang !== null)
        throw new ProductError('engine_hung', undefined, { details: hungFacts(process, hang) })
      const path = await client.modelPath().catch((error: unknown) => error as Error)
      if (typeof path === 'string') return path === model.files.model
      // Connections are refused until the model is loaded; that the process is there counts as a sign of life.
      watchdog.hear('alive')
      await delay(askEveryMs)
    }
  } finally {
    watchdog.stop()
    process.listener = () => undefined
  }
}

/** It ends with 0 and without a word where it cannot have the port. */
function judgeExit(process: ServerProcess, exit: Awaited<ServerProcess['exited']>): false {
  if (exit.code === 0) return false
  throw failedLoad(process, exit)
}

/** The facts about an engine that was given up. */
export function hungFacts(process: ServerProcess, hang: Hang): Record<string, unknown> {
  return { hang, last_words: process.lastWords }
}

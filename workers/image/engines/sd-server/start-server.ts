import { ProductError } from '../../../../contracts/errors.ts'
import type { ModelSpecification } from '../../../../contracts/worker.ts'
import type { Logger } from '../../../runtime/logger.ts'
import type { Patience } from '../embedded/watchdog.ts'
import { toArguments } from './arguments.ts'
import { Client } from './client.ts'
import { findFreePort } from './free-port.ts'
import { MemorySizes } from './memory-sizes.ts'
import type { RunningServer } from './running-server.ts'
import { ServerProcess } from './server-process.ts'
import { waitForModel } from './wait-for-model.ts'

/** Another program may take a port between our look and its use; that this happens so often in a row has another cause. */
const mostPorts = 3

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
    const isOurs = await waitForModel({ process, client, sizes }, start)
    if (isOurs) return { process, client, sizes }
  } catch (error) {
    await process.end()
    throw error
  }
  await process.end()
  return 'port taken'
}

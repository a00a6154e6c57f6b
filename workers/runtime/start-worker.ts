import {
  workerProtocolVersion,
  workerRoutes,
  type WorkerBoot,
  type WorkerReady,
} from '../../contracts/worker.ts'
import { BootError, readBootLine } from './boot.ts'
import type { WorkerDefinition, WorkerService } from './definition.ts'
import { watchLifeline } from './lifeline.ts'
import { listen } from './listen.ts'
import { createLogger, type Logger } from './logger.ts'
import { createServer } from './server.ts'
import { createShutdown } from './shutdown.ts'
import { watchVitals } from './vitals.ts'

/** Exit code of a worker that was started wrongly, so that starting it again would not help. */
const wrongStart = 2

/**
 * Runs this process as a worker: reads the boot line from stdin, binds, writes the ready line to stdout, serves,
 * and leaves when it is asked to or when its parent is gone. Resolves when it is ready to serve;
 * a wrong start ends the process with code 2 and a line on stderr.
 */
export async function startWorker<Configuration>(definition: WorkerDefinition<Configuration>): Promise<void> {
  try {
    const boot = await readBootLine(process.stdin)
    const log = createLogger(definition.name, boot.log_level)
    const service = definition.create(readConfiguration(definition, boot), log)
    // First of all ways out: however this process ends, its engine ends with it.
    process.on('exit', () => service.kill())
    watchLifeline(process.stdin, () => {
      service.kill()
      log.warn('the parent is gone, leaving')
      process.exit(0)
    })
    const address = await serve(service, boot, log)
    log.info({ address }, 'ready')
    reportReady({
      type: 'ready',
      protocol: workerProtocolVersion,
      pid: process.pid,
      address,
      versions: service.versions,
    })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    process.stderr.write(`The ${definition.name} worker cannot start. ${reason}\n`)
    process.exit(wrongStart)
  }
}

function readConfiguration<Configuration>(
  definition: WorkerDefinition<Configuration>,
  boot: WorkerBoot,
): Configuration {
  const checked = definition.configuration.safeParse(boot.configuration)
  if (checked.success) return checked.data
  const fields = checked.error.issues.map((issue) => ['configuration', ...issue.path].join('.'))
  throw new BootError(`The boot line does not follow the protocol: check ${fields.join(', ')}.`)
}

async function serve(service: WorkerService, boot: WorkerBoot, log: Logger): Promise<WorkerReady['address']> {
  const server = createServer(boot.token, log)
  const shutdown = createShutdown(server, service, log)
  process.on('SIGTERM', shutdown)
  process.on('SIGINT', shutdown)
  const vitals = watchVitals(server, service.versions)
  server.get(workerRoutes.health, async () => ({ ...(await service.health()), ...vitals() }))
  server.post(workerRoutes.shutdown, async (_request, reply) => {
    // Only after the answer is on its way: the connection would be closed under it.
    reply.raw.on('finish', shutdown)
    return { stopping: true }
  })
  service.addRoutes(server)
  return listen(server, boot.listen)
}

function reportReady(ready: WorkerReady): void {
  process.stdout.write(`${JSON.stringify(ready)}\n`)
}

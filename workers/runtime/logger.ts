import { pino, type Logger } from 'pino'

export type { Logger }

/**
 * The worker's log: one JSON object a line on stderr, where the orchestrator reads it.
 *
 * @param name the kind of worker, written into every line
 * @param level a level of pino, such as `info` or `silent`
 */
export function createLogger(name: string, level: string): Logger {
  // Written at once, so that the last line before a crash is not lost in a buffer.
  const destination = pino.destination({ dest: 2, sync: true })
  // Nobody listens any more when the parent has died; the worker has better things to do then than to fail on it.
  destination.on('error', () => undefined)
  return pino(
    { level, base: { worker: name, pid: process.pid }, redact: ['authorization', 'token'] },
    destination,
  )
}

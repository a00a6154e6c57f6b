import type { Logger } from './logger.ts'

/** The levels of pino by their numbers; what lies between counts as the one below. */
const levels = [
  [60, 'fatal'],
  [50, 'error'],
  [40, 'warn'],
  [30, 'info'],
  [20, 'debug'],
] as const

/** A request to a worker is named after the one it is made for, with its own ending: so attempts are told apart. */
const endingOfAttempt = /\.[0-9a-f]{8}$/

/** The request that a worker's request was made for. */
export function requestOfWorkerRequest(workerRequest: string): string {
  return workerRequest.replace(endingOfAttempt, '')
}

/**
 * Writes a line of a worker's error output into our log, as a line of its own with its level, its time and its request.
 * Where it is no JSON, an engine or a library said it, perhaps its last words: it is taken as it is, as a warning.
 *
 * @param concerned the request the worker is at work on, for lines that name none
 */
export function logWorkerLine(logger: Logger, worker: string, line: string, concerned: string | null): void {
  const parsed = parseLine(line)
  if (parsed === null) {
    logger.warn({ worker, line, ...(concerned !== null && { request_id: concerned }) }, 'output')
    return
  }
  const { level, time: _time, pid, msg, request_id: named, ...rest } = parsed
  const workerRequest = typeof named === 'string' ? named : null
  const requestId = workerRequest === null ? concerned : requestOfWorkerRequest(workerRequest)
  logger[levelName(level)](
    {
      ...rest,
      worker,
      worker_pid: pid,
      ...(workerRequest !== null && { worker_request: workerRequest }),
      ...(requestId !== null && { request_id: requestId }),
    },
    typeof msg === 'string' ? msg : '',
  )
}

function levelName(level: unknown): 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' {
  return levels.find(([number]) => Number(level) >= number)?.[1] ?? 'trace'
}

function parseLine(line: string): Record<string, unknown> | null {
  if (!line.startsWith('{')) return null
  try {
    return JSON.parse(line) as Record<string, unknown>
  } catch {
    return null
  }
}

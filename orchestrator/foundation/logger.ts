import { renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import { currentRequestId } from './request-context.ts'

/** A logger that writes JSON lines; every line names the request it belongs to. */
export type Logger = pino.Logger

/** A log file is set aside at the next start once it is larger; 10 MiB. */
const rotateBeyondBytes = 10 * 1024 * 1024

/** What cannot be written is kept up to here, and then dropped; 1 MiB. */
const mostUnwritten = 1024 * 1024

/** Fields that hold secrets, wherever they turn up. */
const secretFields = ['token', 'authorization', 'cookie'].flatMap((field) => [
  field,
  `*.${field}`,
  `*.*.${field}`,
])

/** Opens the log of a data folder. The one before is kept as `orchestrator.1.log`. */
export function openLog(folder: string, level: string): Logger {
  const path = join(folder, 'orchestrator.log')
  setAsideLargeLog(path)
  // Written at once: the last line before a crash is not lost, and an exit never waits for a disk that is full.
  const destination = pino.destination({ dest: path, sync: true, mkdir: true, maxLength: mostUnwritten })
  // Where nothing can be logged, as on a full disk, everything else goes on.
  destination.on('error', () => undefined)
  return pino(
    { level, redact: secretFields, base: { process: 'orchestrator', pid: process.pid }, mixin: requestField },
    destination,
  )
}

function requestField(): object {
  const requestId = currentRequestId()
  return requestId === null ? {} : { request_id: requestId }
}

function setAsideLargeLog(path: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size > rotateBeyondBytes) renameSync(path, path.replace(/\.log$/, '.1.log'))
}

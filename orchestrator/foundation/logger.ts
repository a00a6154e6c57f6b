import pino from 'pino'
import { openLogFiles } from './log-files.ts'
import { redactedPaths, redactText } from './redact.ts'
import { currentRequestId } from './request-context.ts'

/** A logger that writes JSON lines; every line names the request it belongs to. */
export type Logger = pino.Logger

/** Opens the log of a data folder. Files that are full are kept beside it, see log-files.ts; secrets are taken out. */
export function openLog(folder: string, level: string): Logger {
  const files = openLogFiles(folder)
  return pino(
    {
      level,
      redact: redactedPaths,
      base: { process: 'orchestrator', pid: process.pid },
      mixin: requestField,
      // A line that names its request itself, as those of workers do, is right about it.
      mixinMergeStrategy: (line, mixin) => ({ ...mixin, ...line }),
    },
    { write: (line) => files.write(redactText(line)) },
  )
}

function requestField(): object {
  const requestId = currentRequestId()
  return requestId === null ? {} : { request_id: requestId }
}

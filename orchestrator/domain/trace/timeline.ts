import type { TraceEntry } from '../../../contracts/entities/trace.ts'
import type { ErrorBody } from '../../../contracts/errors.ts'
import type { StoredEvent } from '../../../contracts/events.ts'
import type { Job } from '../../storage/job-row.ts'
import type { ToolCallRow } from '../../storage/tool-calls.ts'
import type { LogLine } from './find-log-lines.ts'

/** Levels of pino: 40 warns, 50 and more are errors. */
const levelOf = (line: LogLine): TraceEntry['level'] => {
  const level = Number(line['level'])
  return level >= 50 ? 'error' : level >= 40 ? 'warning' : 'info'
}

/** What stands in every line, or is told by the entry itself. */
const notFacts = new Set(['level', 'time', 'pid', 'process', 'worker', 'request_id', 'msg', 'line'])

/** What was told when it happened. */
export function entryOfEvent({ time, message, event }: StoredEvent): TraceEntry {
  const error = 'error' in event ? event.error : null
  return {
    time,
    process: 'orchestrator',
    source: 'event',
    level: levelOfEvent(event.type, error),
    message,
    facts: {
      event: event.type,
      ...('generation' in event && { generation: event.generation.id }),
      ...(error !== null && { error_code: error.code, ...error.details }),
    },
  }
}

/** The end of a piece of work; while it waits or runs, how far it is. */
export function entryOfJob(job: Job): TraceEntry {
  const { kind, id, state, attempts, max_attempts, started_at, finished_at, error } = job
  const time = finished_at ?? started_at ?? job.created_at
  return {
    time: new Date(time).toISOString(),
    process: 'orchestrator',
    source: 'job',
    level: state === 'failed' ? 'error' : 'info',
    message: `The job ${kind} ${id} ${stateInWords[state]}, attempt ${attempts} of ${max_attempts}.`,
    facts: {
      job: id,
      ...(started_at !== null && finished_at !== null && { duration_ms: finished_at - started_at }),
      ...(state === 'failed' && error !== null && { error_code: error.code }),
    },
  }
}

const stateInWords = {
  queued: 'waits',
  running: 'is at work',
  completed: 'is done',
  failed: 'was given up',
  cancelled: 'was cancelled',
} as const satisfies Record<Job['state'], string>

/** A call of an agent, once it was over. */
export function entryOfCall(call: ToolCallRow): TraceEntry {
  const { client, tool, outcome, error_code, duration_ms, time } = call
  return {
    time: new Date(time + duration_ms).toISOString(),
    process: client,
    source: 'agent',
    level: outcome === 'completed' ? 'info' : 'warning',
    message: `The agent called ${tool}: ${outcome}.`,
    facts: { duration_ms, ...(error_code !== null && { error_code }) },
  }
}

/** A line of the log, of whichever process wrote it. */
export function entryOfLine(line: LogLine): TraceEntry {
  const { worker, msg } = line
  const facts = Object.entries(line).filter(([field]) => !notFacts.has(field))
  return {
    time: new Date(line.time).toISOString(),
    process: typeof worker === 'string' ? `${worker} worker` : 'orchestrator',
    source: 'log',
    level: levelOf(line),
    message: typeof line['line'] === 'string' ? line['line'] : typeof msg === 'string' ? msg : '',
    facts: Object.fromEntries(facts),
  }
}

function levelOfEvent(type: string, error: ErrorBody | null): TraceEntry['level'] {
  if (error === null) return 'info'
  return type.endsWith('-failed') || error.code === 'worker_failed' ? 'error' : 'warning'
}

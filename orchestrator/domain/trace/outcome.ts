import type { TraceAttempt, TraceEntry, TraceOutcome } from '../../../contracts/entities/trace.ts'
import type { ErrorBody } from '../../../contracts/errors.ts'
import type { RequestRecords } from '../../storage/request-records.ts'

/** How a request ended. */
export interface Ending {
  readonly outcome: TraceOutcome
  readonly error: ErrorBody | null
  readonly summary: string
}

/** Says what came of a request: what is unfinished weighs most, then what failed. */
export function findEnding(
  records: RequestRecords,
  attempts: readonly TraceAttempt[],
  timeline: readonly TraceEntry[],
): Ending {
  // A picture says more than the job that made it, and small jobs that follow from it say nothing about it.
  const work = records.generations.length > 0 ? records.generations : records.jobs
  const { outcome, error } = work.length > 0 ? endingOfWork(work) : endingOfCall(records, timeline)
  return { outcome, error, summary: summarize(outcome, error, records, attempts) }
}

function endingOfWork(work: readonly { state: string; error: ErrorBody | null }[]): Omit<Ending, 'summary'> {
  const first = (state: string) => work.find((one) => one.state === state)
  for (const [state, outcome] of order) {
    const found = first(state)
    if (found !== undefined) return { outcome, error: state === 'completed' ? null : found.error }
  }
  return { outcome: 'unknown', error: null }
}

const order = [
  ['running', 'running'],
  ['queued', 'waiting'],
  ['failed', 'failed'],
  ['cancelled', 'cancelled'],
  ['completed', 'completed'],
] as const satisfies readonly (readonly [string, TraceOutcome])[]

/** A request that left no work behind: an agent's call, or what the log says about its reply. */
function endingOfCall(
  { toolCalls }: RequestRecords,
  timeline: readonly TraceEntry[],
): Omit<Ending, 'summary'> {
  const call = toolCalls.at(-1)
  if (call !== undefined) return { outcome: call.outcome, error: null }
  const reply = timeline.findLast(({ facts }) => typeof facts['status'] === 'number')
  const status = Number(reply?.facts['status'])
  if (Number.isNaN(status)) return { outcome: 'unknown', error: null }
  return { outcome: status < 400 ? 'completed' : status < 500 ? 'refused' : 'failed', error: null }
}

function summarize(
  outcome: TraceOutcome,
  error: ErrorBody | null,
  { generations }: RequestRecords,
  attempts: readonly TraceAttempt[],
): string {
  const what =
    generations.length === 1
      ? 'The picture'
      : generations.length > 1
        ? `${generations.length} pictures`
        : 'The request'
  const many = generations.length > 1
  const lost = attempts.filter(({ outcome: of }) => of === 'failed' || of === 'interrupted').length
  const verb = {
    completed: many ? 'were completed' : 'was completed',
    failed: many ? 'did not all succeed' : 'failed',
    cancelled: many ? 'were cancelled' : 'was cancelled',
    refused: 'was refused',
    running: many ? 'are being made' : 'is at work',
    waiting: many ? 'wait' : 'waits',
    unknown: 'left no word of how it ended',
  }[outcome]
  const tries =
    lost > 0 && outcome === 'completed'
      ? ` after ${lost} failed ${lost === 1 ? 'attempt' : 'attempts'}`
      : attempts.length > 1 && outcome === 'failed'
        ? ` after ${attempts.length} attempts`
        : ''
  return `${what} ${verb}${tries}.${error === null ? '' : ` ${error.message}`}`
}

import type { Trace, TraceAttempt, TraceEntry } from '../../../contracts/entities/trace.ts'
import { ProductError, type ErrorBody } from '../../../contracts/errors.ts'
import { requestOfWorkerRequest } from '../../foundation/worker-log.ts'
import type { ReadableDatabase } from '../../storage/connection.ts'
import { readRequestRecords, type RequestRecords } from '../../storage/request-records.ts'
import { findAttempts } from './attempts.ts'
import { findLogLines } from './find-log-lines.ts'
import { findEnding } from './outcome.ts'
import { entryOfCall, entryOfEvent, entryOfJob, entryOfLine } from './timeline.ts'

/** Where traces are kept. */
export interface TracePlaces {
  readonly database: ReadableDatabase
  /** The folder of the log. */
  readonly logs: string
}

/** More of one kind are not read, and a longer timeline loses its middle. */
const mostRecords = 2000
const mostEntries = 500

/**
 * Tells what happened to a request: from the database first, and from the log what the database does not keep.
 * Reads only, so it also works on the files of a product that does not run.
 *
 * @returns null where nothing is known about it
 */
export async function readTrace({ database, logs }: TracePlaces, requestId: string): Promise<Trace | null> {
  const records = readRequestRecords(database, requestId, mostRecords)
  const events = records.events.toReversed()
  const told = new Set(events.map(({ message }) => message))
  // Events are logged as well, for the case that they could not be stored.
  const lines = (await findLogLines(logs, requestId)).filter(
    ({ event, msg }) => event === undefined || !told.has(String(msg)),
  )
  const timeline = [
    ...events.map(entryOfEvent),
    ...records.jobs.map(entryOfJob),
    ...records.toolCalls.map(entryOfCall),
    ...lines.map(entryOfLine),
  ].toSorted((one, other) => one.time.localeCompare(other.time))
  const [first] = timeline
  if (first === undefined) return null
  const attempts = findAttempts(events)
  const ending = findEnding(records, attempts, timeline)
  const error = ending.error ?? attempts.findLast((attempt) => attempt.error !== null)?.error ?? null
  return {
    request_id: requestId,
    ...ending,
    error,
    started_at: first.time,
    ended_at: timeline.at(-1)?.time ?? first.time,
    generations: records.generations.map((generation) => ({ ...generation, id: String(generation.id) })),
    attempts,
    last_words: findLastWords(records, attempts, timeline),
    timeline: shorten(timeline),
    left_out: Math.max(0, timeline.length - mostEntries),
  }
}

/** @throws ProductError `request_not_found` where nothing is known about it */
export async function requireTrace(places: TracePlaces, requestId: string): Promise<Trace> {
  // A request to a worker names one attempt; its story is that of the request it was made for.
  const trace =
    (await readTrace(places, requestId)) ?? (await readTrace(places, requestOfWorkerRequest(requestId)))
  if (trace === null) throw new ProductError('request_not_found')
  return trace
}

/** The last that a process said before it failed: with an error, or with the event of its end. */
function findLastWords(
  { generations, jobs }: RequestRecords,
  attempts: readonly TraceAttempt[],
  timeline: readonly TraceEntry[],
): string | null {
  const errors: (ErrorBody | null)[] = [...jobs, ...attempts, ...generations].map(({ error }) => error)
  const said = [...timeline.map(({ facts }) => facts), ...errors.map((error) => error?.details ?? {})]
  const words = said.map((details) => details['last_words'])
  return words.findLast((text): text is string => typeof text === 'string' && text !== '') ?? null
}

/** Beginning and end tell the most. */
function shorten(timeline: TraceEntry[]): TraceEntry[] {
  if (timeline.length <= mostEntries) return timeline
  return [...timeline.slice(0, mostEntries / 2), ...timeline.slice(-mostEntries / 2)]
}

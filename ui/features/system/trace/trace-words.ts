import type { TraceAttempt, TraceOutcome } from '../../../../contracts/entities/trace.ts'
import type { Tone } from '../../../components/tones.ts'

const outcomes: Record<TraceOutcome, { words: string; tone: Tone }> = {
  completed: { words: 'Done', tone: 'good' },
  failed: { words: 'Failed', tone: 'bad' },
  cancelled: { words: 'Cancelled', tone: 'neutral' },
  refused: { words: 'Refused', tone: 'neutral' },
  running: { words: 'At work', tone: 'busy' },
  waiting: { words: 'Waiting', tone: 'busy' },
  unknown: { words: 'Not known', tone: 'neutral' },
}

/** How a request ended. */
export const traceOutcomeInWords = (outcome: TraceOutcome): string => outcomes[outcome].words
export const toneOfTrace = (outcome: TraceOutcome): Tone => outcomes[outcome].tone

const attempts: Record<TraceAttempt['outcome'], { words: string; tone: Tone }> = {
  completed: { words: 'the picture was made', tone: 'good' },
  failed: { words: 'failed', tone: 'bad' },
  cancelled: { words: 'cancelled', tone: 'neutral' },
  released: { words: 'put back, to be done later', tone: 'neutral' },
  interrupted: { words: 'interrupted', tone: 'bad' },
  running: { words: 'under way', tone: 'busy' },
}

/** How one attempt ended. */
export const attemptOutcomeInWords = (outcome: TraceAttempt['outcome']): string => attempts[outcome].words
export const toneOfAttempt = (outcome: TraceAttempt['outcome']): Tone => attempts[outcome].tone

/** Long texts among the facts, which stand elsewhere or help nobody who reads a line. */
const untold = new Set(['last_words', 'err', 'error', 'stack', 'event', 'trace_id', 'worker_request'])

/** The facts of an entry in one line, such as "endpoint POST /api/generations, duration_ms 12". */
export function factsInWords(facts: Readonly<Record<string, unknown>>): string {
  return Object.entries(facts)
    .filter(([name, value]) => !untold.has(name) && value !== null && typeof value !== 'object')
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ')
}

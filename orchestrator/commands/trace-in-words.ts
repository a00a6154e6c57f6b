import { stripVTControlCharacters } from 'node:util'
import type { Trace, TraceAttempt, TraceEntry } from '../../contracts/entities/trace.ts'

const signs = { info: ' ', warning: '!', error: 'X' } as const

/** Facts that say in other words what the message says, or that are told further down. */
const untold = new Set(['event', 'last_words', 'stack', 'trace_id', 'worker_request', 'err'])

/** A trace as a terminal shows it: what came of it, each attempt, then line by line what happened when. */
export function traceInWords(trace: Trace): string {
  const begin = Date.parse(trace.started_at)
  const lines = [
    `Request ${trace.request_id}: ${trace.outcome}`,
    trace.summary,
    `From ${trace.started_at} to ${trace.ended_at}.`,
    ...section(
      'Pictures',
      trace.generations.map(({ id, state, prompt }) => `${id}  ${state}  ${prompt}`),
    ),
    ...section('Attempts', trace.attempts.map(attemptInWords)),
    ...section(
      'What happened',
      trace.timeline.map((entry) => entryInWords(entry, begin)),
    ),
    ...(trace.left_out > 0 ? [`  (${trace.left_out} entries in the middle are left out)`] : []),
    ...section('Last words', trace.last_words?.split('\n') ?? []),
  ]
  // What other programs said must not steer the terminal.
  return `${lines.map((line) => stripVTControlCharacters(line)).join('\n')}\n`
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)]
}

function attemptInWords({ generation, number, started_at, ended_at, outcome, error }: TraceAttempt): string {
  const lasted = ended_at === null ? '' : ` after ${Date.parse(ended_at) - Date.parse(started_at)} ms`
  return `${generation}  attempt ${number}: ${outcome}${lasted}${error === null ? '' : ` (${error.code})`}`
}

function entryInWords({ time, process, level, message, facts }: TraceEntry, begin: number): string {
  const after = `+${((Date.parse(time) - begin) / 1000).toFixed(3)} s`.padStart(12)
  const known = Object.entries(facts)
    .filter(([name, value]) => !untold.has(name) && value !== null && typeof value !== 'object')
    .map(([name, value]) => `${name}=${String(value).split('\n')[0]}`)
    .join(' ')
  const details = known === '' ? '' : `  [${known}]`
  return `${after} ${signs[level]} ${process}: ${message.replaceAll('\n', ' ')}${details}`
}

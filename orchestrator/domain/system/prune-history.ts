import { pruneBrowserSessions } from '../../storage/browser-sessions.ts'
import type { WritableDatabase } from '../../storage/connection.ts'
import { pruneEvents } from '../../storage/events.ts'
import { pruneKeyedRequests } from '../../storage/idempotency-keys.ts'
import { pruneJobs } from '../../storage/jobs.ts'
import { pruneToolCalls } from '../../storage/tool-calls.ts'

const eventsKept = 50_000
const toolCallsKept = 50_000
const jobsKeptMs = 7 * 24 * 3_600_000
const keysKeptMs = 30 * 24 * 3_600_000

/** Forgets what nobody will ask for any more, at each start: old events and calls of agents, jobs that ended long ago, old idempotency keys, expired sessions. */
export function pruneHistory(database: WritableDatabase, now: number): void {
  pruneEvents(database, eventsKept)
  pruneToolCalls(database, toolCallsKept)
  pruneJobs(database, now - jobsKeptMs)
  pruneKeyedRequests(database, now - keysKeptMs)
  pruneBrowserSessions(database, now)
}
